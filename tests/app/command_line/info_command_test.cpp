// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>

#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::info_command_test {

using namespace geneglass::testing;

/// `geneglass-cli info`, called as a user calls it.
class InfoCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;
  std::string m_slide;

 private Q_SLOTS:
  void initTestCase() {
    m_folder.paint("slides", 1, 1024);
    m_slide = m_folder.slide("slides", 1);
  }

  void theJsonHasTheKeysThatOtherProgramsRead() {
    const Ended ended = call({"info", m_slide, "--json"});
    QCOMPARE(ended.said, std::string());
    QCOMPARE(ended.status, 0);
    const auto facts = jsonOf(ended.output);
    QCOMPARE(
        keysOf(facts),
        std::string("associated_images bounds channels colour_profile colour_profile_refusal damage driver "
                    "file hash height levels mpp_origin mpp_x mpp_y note objective_power vendor width"));
    QCOMPARE(keysOf(facts["levels"][0]), std::string("downsample height tile_height tile_width width"));
    QCOMPARE(keysOf(facts["bounds"]), std::string("height width x y"));
    QCOMPARE(facts["file"].get<std::string>(), m_slide);
    QCOMPARE(facts["width"].get<int>(), 1024);
    QCOMPARE(facts["height"].get<int>(), 1024);
    QCOMPARE(facts["mpp_x"].get<double>(), 0.5);
    QCOMPARE(facts["mpp_origin"].get<std::string>(), std::string("tiff-resolution"));
    QCOMPARE(facts["hash"].get<std::string>().size(), size_t(64));
  }

  void whatIsNoFileIsRefusedAtOnceWithItsReason() {
    const std::string pipe = m_folder.path("pipe.svs");
    QCOMPARE(mkfifo(pipe.c_str(), 0600), 0);
    GENEGLASS_REFUSED((Words{"info", pipe}), "Cannot open '" + pipe + "': it is a pipe, not a file.");
    GENEGLASS_REFUSED((Words{"info", "/dev/zero"}), "Cannot open '/dev/zero': it is a device, not a file.");
    GENEGLASS_REFUSED((Words{"info", "/usr"}),
                      "Cannot open '/usr': it is a folder that holds no DICOM slide and no OME-Zarr.");
  }

  void aPixelSizeThatIsGivenCounts() {
    const auto facts = jsonOf(call({"info", m_slide, "--mpp", "0.25", "--json"}).output);
    QCOMPARE(facts["mpp_x"].get<double>(), 0.25);
    QCOMPARE(facts["mpp_origin"].get<std::string>(), std::string("user"));
  }

  void peopleReadATable() {
    const Ended ended = call({"info", m_slide});
    QCOMPARE(ended.status, 0);
    for (const char* line : {"size           1024 x 1024 pixels\n",
                             "pixel size     0.5 x 0.5 um, from the file's resolution tags\n",
                             "\nlevel       width      height    downsample        tile\n"})
      QVERIFY2(ended.output.find(line) != std::string::npos, line);
  }

  void whatIsNoSlideIsRefused() {
    GENEGLASS_REFUSED((Words{"info", "/nowhere/absent.svs"}),
                      "Cannot open '/nowhere/absent.svs': there is no such file.");
    const std::string text = m_folder.write("text.svs", "no slide");
    GENEGLASS_REFUSED((Words{"info", text, "--json"}),
                      "Cannot open '" + text + "': no reader knows this format.");
  }

  void aLibraryInTheFolderOneIsInIsNotLoaded() {
    m_folder.write("foreign/libjpeg.so.62", "no library");
    const Ended ended = callProgram(
        "/bin/sh", {"-c", "cd '" + m_folder.path("foreign") + "' && exec '" GENEGLASS_PROGRAM "' --version"});
    QCOMPARE(ended.said, std::string());
    QCOMPARE(ended.status, 0);
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    for (const char* words : {"", "info", "info a.svs b.svs", "info a.svs --mpp 0"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::info_command_test

GENEGLASS_TEST(geneglass::info_command_test::InfoCommandTest)
#include "info_command_test.moc"
