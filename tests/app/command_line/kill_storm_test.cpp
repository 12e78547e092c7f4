// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>
#include <thread>

#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::kill_storm_test {

using namespace geneglass::testing;

/// Power cuts: commands that are killed at any time leave whole files or none, and go on the next time. As
/// often as GENEGLASS_KILLS says.
class KillStormTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  static int times() {
    const char* said = std::getenv("GENEGLASS_KILLS");
    return said ? std::atoi(said) : 20;
  }

  Words predict() const {
    return {"predict", m_folder.slide("slides", 1), "--model",   m_folder.model(16),
            "--out",   m_folder.path("out"),        "--threads", "1",
            "--json"};
  }
  Words extract() const {
    return {"extract", m_folder.slide("slides", 1), "--model",   m_folder.model(16),
            "--out",   m_folder.path("out"),        "--threads", "1"};
  }

  /// What lies there under its name is whole.
  void checkFiles() const {
    const std::filesystem::path out = m_folder.path("out");
    std::error_code error;
    for (std::filesystem::directory_iterator each(out, error), end; !error && each != end;
         each.increment(error)) {
      const std::string name = each->path().filename().string();
      if (name.ends_with(".json")) QVERIFY2(!jsonOfFile(each->path().string()).is_discarded(), name.c_str());
      if (!name.ends_with(".h5")) continue;
      const Result<void> read = readHdf5(each->path(), [](H5::H5File& file) -> Result<void> {
        for (hsize_t i = 0; i < file.getNumObjs(); ++i) {
          const std::string object = file.getObjnameByIdx(i);
          if (file.childObjType(object) == H5O_TYPE_DATASET) (void)shapeOf(file.openDataSet(object));
        }
        return {};
      });
      QVERIFY2(read.has_value(), read ? "" : read.error().sentence.c_str());
    }
  }

 private Q_SLOTS:
  void initTestCase() { m_folder.paint("slides", 1, 3072); }

  void killedAtAnyTimeFilesAreWholeOrNone() {
    const Variables kept{{"GENEGLASS_CACHE", m_folder.path("cache")}};
    const auto begin = std::chrono::steady_clock::now();
    QCOMPARE(callProgram(GENEGLASS_PROGRAM, predict(), kept).status, 0);
    const auto whole =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    for (int i = 0; i < times(); ++i) {
      if (i % 3 == 0) std::filesystem::remove_all(m_folder.path("cache"));
      if (i % 4 == 0) std::filesystem::remove_all(m_folder.path("out"));
      {
        const CalledProgram killed(GENEGLASS_PROGRAM, i % 2 ? extract() : predict(), kept);
        std::this_thread::sleep_for(whole * ((i * 37) % 100) / 100);
      }
      checkFiles();
    }
    QCOMPARE(callProgram(GENEGLASS_PROGRAM, predict(), kept).status, 0);
    QCOMPARE(callProgram(GENEGLASS_PROGRAM, extract(), kept).status, 0);
    checkFiles();
    QCOMPARE(filesIn(m_folder.path("out")),
             std::string("synthetic-1-0001.h5 synthetic-1-0001.maps.h5 synthetic-1-0001.prediction.json"));
  }
};

}  // namespace geneglass::kill_storm_test

GENEGLASS_TEST(geneglass::kill_storm_test::KillStormTest)
#include "kill_storm_test.moc"
