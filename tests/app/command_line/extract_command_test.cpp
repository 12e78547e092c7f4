// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/feature_bag.h"
#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::extract_command_test {

using namespace geneglass::testing;

/// `geneglass-cli extract`, called as a user calls it.
class ExtractCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;
  std::string m_slide;

  Words extract(const Words& slides, const std::string& out) const {
    return Words{"extract"} + slides + Words{"--model", m_folder.model(), "--out", m_folder.path(out)};
  }

 private Q_SLOTS:
  void initTestCase() {
    m_folder.paint("slides", 2);
    m_slide = m_folder.slide("slides", 1);
  }

  void eachSlideBecomesABagOfItsName() {
    const Ended ended = call(extract({m_slide, m_folder.slide("slides", 2)}, "bags"));
    QCOMPARE(ended.said, std::string());
    QCOMPARE(ended.status, 0);
    QCOMPARE(filesIn(m_folder.path("bags")), std::string("synthetic-1-0001.h5 synthetic-1-0002.h5"));
    const auto bag = geneglass::readBag(m_folder.path("bags/synthetic-1-0001.h5"));
    QVERIFY2(bag, bag ? "" : bag.error().sentence.c_str());
    QCOMPARE(bag->features.columns, size_t(16));
    QVERIFY(bag->features.rows > 10 && bag->features.rows == bag->grid.count());
  }

  void whatIsThereIsNotComputedAgain() {
    QCOMPARE(call(extract({m_slide}, "again")).status, 0);
    const std::filesystem::path file = m_folder.path("again/synthetic-1-0001.h5");
    const auto written = std::filesystem::last_write_time(file);
    const Ended ended = call(extract({m_slide}, "again"));
    QCOMPARE(ended.status, 0);
    QCOMPARE(ended.output, file.string() + ": is there already\n");
    QVERIFY(std::filesystem::last_write_time(file) == written);
  }

  void twoSlidesOfOneNameAreRefusedBeforeAnyIsRead() {
    const std::string one = m_folder.write("a/same.tif", ""), other = m_folder.write("b/same.svs", "");
    GENEGLASS_REFUSED(extract({one, other}, "twins"),
                      "'" + one + "' and '" + other +
                          "' would write the same result: give them one after the other, with folders of "
                          "their own.");
    QVERIFY(!std::filesystem::exists(m_folder.path("twins")));
  }

  void aBagOfAnotherSlideIsNotOverwritten() {
    std::filesystem::create_directories(m_folder.path("other"));
    const std::string twin = m_folder.path("other/synthetic-1-0001.tif");
    std::filesystem::copy_file(m_folder.slide("slides", 2), twin);
    QCOMPARE(call(extract({m_slide}, "kept")).status, 0);
    const std::string file = m_folder.path("kept/synthetic-1-0001.h5");
    const std::string before = bytesOfFile(file);
    GENEGLASS_REFUSED(extract({twin}, "kept"), "Cannot write '" + file +
                                                   "': it holds the features of another slide than '" + twin +
                                                   "'; remove it or give another folder.");
    QVERIFY(bytesOfFile(file) == before);
  }

  void aSlideThatIsNoneCostsNoOther() {
    const std::string bad = m_folder.write("bad.tif", "no slide");
    const Ended ended = call(extract({bad, m_slide}, "mixed"));
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.said, "1 of 2 slides failed:\n  Cannot open '" + bad + "': no reader knows this format.");
    QCOMPARE(filesIn(m_folder.path("mixed")), std::string("synthetic-1-0001.h5"));
  }

  void whatCannotBeWrittenOrReadIsNamed() {
    const std::string file = m_folder.write("file", "no folder");
    GENEGLASS_REFUSED(extract({m_slide}, "file"), "Cannot make the folder '" + file + "': Not a directory.");
    GENEGLASS_REFUSED((Words{"extract", m_slide, "--model", "/nowhere", "--out", m_folder.path("none")}),
                      "Cannot use the model package '/nowhere': there is no readable manifest.json in it.");
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    for (const char* words : {"extract", "extract a.svs --out d", "extract a.svs --model m --out d --mpp 0"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::extract_command_test

GENEGLASS_TEST(geneglass::extract_command_test::ExtractCommandTest)
#include "extract_command_test.moc"
