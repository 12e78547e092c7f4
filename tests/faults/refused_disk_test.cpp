// SPDX-License-Identifier: GPL-3.0-or-later
#include <cerrno>

#include "tests/faults/faulty_call.h"
#include "tests/support/test_program.h"

namespace geneglass::refused_disk_test {

using namespace geneglass::testing;

/// The disk is full from some call on that changes a file: at some of them, evenly spread; sweep.py goes over
/// all.
class RefusedDiskTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;
  static constexpr int kPlaces = 12;

  Words words(const QString& command) const {
    const std::string out = m_folder.path("out");
    if (command == QStringLiteral("convert"))
      return {"convert", m_folder.path("drawn.geojson"), "--to", "geojson", "--out", out + "/drawn.geojson"};
    return {command.toStdString(),
            m_folder.slide("slides", 1),
            "--model",
            m_folder.model(64),
            "--out",
            out,
            "--threads",
            "1"};
  }

  Ended callFullFrom(const Words& words, uint64_t place) const {
    startAnew(m_folder);
    for (const char* name : {"drawn.geojson", "synthetic-1-0001.h5ad"})
      m_folder.write(std::string("out/") + name, "before");
    return callProgram(
        GENEGLASS_PROGRAM, words,
        faulty(m_folder, {{"FAULTS_DISK", std::to_string(ENOSPC) + ":" + std::to_string(place)}}));
  }

 private Q_SLOTS:
  void initTestCase() {
    m_folder.paint("slides", 1, 1536);
    m_folder.write("drawn.geojson",
                   R"({"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[3,4]}})");
  }

  void aFullDiskIsASentenceAndNothingIsTorn_data() {
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("names");
    QTest::newRow("predict") << "predict"
                             << "synthetic-1-0001.prediction.json synthetic-1-0001.maps.h5";
    QTest::newRow("extract") << "extract"
                             << "synthetic-1-0001.h5";
    QTest::newRow("convert") << "convert"
                             << "drawn.geojson";
  }

  void aFullDiskIsASentenceAndNothingIsTorn() {
    QFETCH(QString, command);
    QFETCH(QString, names);
    const QStringList made = names.split(u' ');
    QCOMPARE(callFullFrom(words(command), 1'000'000'000).status, 0);
    const uint64_t places = faultCounts(m_folder)[1];
    const auto sizeOf = [&](const QString& name) -> uintmax_t {
      std::error_code none;
      const uintmax_t size = std::filesystem::file_size(m_folder.path("out/" + name.toStdString()), none);
      return none ? 0 : size;
    };
    std::map<QString, uintmax_t> whole;
    for (const QString& name : made) whole[name] = sizeOf(name);
    for (uint64_t i = 0; i < kPlaces; ++i) {
      const uint64_t place = 1 + i * (places - 1) / (kPlaces - 1);
      const Ended ended = callFullFrom(words(command), place);
      const std::string at = "from change " + std::to_string(place) + ": " + ended.said;
      if (ended.status == 0) {
        for (const QString& name : made) QVERIFY2(sizeOf(name) > 0, at.c_str());
        continue;
      }
      QVERIFY2(ended.status == 1, at.c_str());
      QVERIFY2(ended.said.ends_with("No space left on device.") || ended.said.ends_with("the disk is full."),
               at.c_str());
      for (const QString& name : made) {
        const uintmax_t size = sizeOf(name);
        QVERIFY2(size == 0 || size == std::string("before").size() || size + 400 > whole[name], at.c_str());
      }
    }
  }
};

}  // namespace geneglass::refused_disk_test

GENEGLASS_TEST(geneglass::refused_disk_test::RefusedDiskTest)
#include "refused_disk_test.moc"
