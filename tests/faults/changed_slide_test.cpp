// SPDX-License-Identifier: GPL-3.0-or-later
#include <cerrno>
#include <chrono>
#include <thread>

#include "tests/faults/faulty_call.h"
#include "tests/support/test_program.h"

namespace geneglass::changed_slide_test {

using namespace geneglass::testing;

/// What befalls a slide while a command reads it: the command stands still in the midst of its reads until it
/// has happened.
class ChangedSlideTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  std::string slide() const { return m_folder.path("share/slide.tif"); }
  Words words(const QString& command) const {
    Words all{command.toStdString(), slide(),     "--model", m_folder.model(64), "--out",
              m_folder.path("out"),  "--threads", "1"};
    if (command == QStringLiteral("predict")) all.push_back("--outside");
    return all;
  }
  void putSlide(int number) const {
    std::filesystem::create_directories(m_folder.path("share"));
    std::filesystem::copy_file(m_folder.slide("slides", number), slide(),
                               std::filesystem::copy_options::overwrite_existing);
  }
  void befall(const QString& what) const {
    if (what == QStringLiteral("deleted")) std::filesystem::remove(slide());
    if (what == QStringLiteral("cut"))
      std::filesystem::resize_file(slide(), std::filesystem::file_size(slide()) / 2);
    if (what != QStringLiteral("replaced")) return;
    std::filesystem::copy_file(m_folder.slide("slides", 2), m_folder.path("share/new.tif"));
    std::filesystem::rename(m_folder.path("share/new.tif"), slide());
  }

 private Q_SLOTS:
  void initTestCase() { m_folder.paint("slides", 2, 1536); }

  void anotherFileIsSaidAndNothingOfItIsKept_data() {
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("says");
    const QString gone = QStringLiteral("'%1' cannot be reached any more: it was there when it was opened.");
    const QString changed = QStringLiteral("'%1' has changed since it was opened: open it again.");
    for (const char* command : {"predict", "extract"}) {
      QTest::addRow("%s, deleted", command) << command << "deleted" << gone;
      QTest::addRow("%s, replaced", command) << command << "replaced" << changed;
      QTest::addRow("%s, cut", command) << command << "cut" << changed;
    }
  }

  void anotherFileIsSaidAndNothingOfItIsKept() {
    QFETCH(QString, command);
    QFETCH(QString, what);
    QFETCH(QString, says);
    startAnew(m_folder);
    putSlide(1);
    QCOMPARE(callProgram(GENEGLASS_PROGRAM, words(command),
                         faulty(m_folder, {{"FAULTS_READ", "5:1000000000:share/"}}))
                 .status,
             0);
    const uint64_t reads = faultCounts(m_folder)[2];
    startAnew(m_folder);
    m_folder.write("stalls", "");
    CalledProgram called(GENEGLASS_PROGRAM, words(command),
                         faulty(m_folder, {{"FAULTS_READ", "0:" + std::to_string(reads - 1) + ":share/"},
                                           {"FAULTS_WHEN", m_folder.path("stalls")}}));
    const auto stands = [&] { return faultCounts(m_folder)[2] >= reads - 1; };
    for (int i = 0; i < 600 && !stands(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    QVERIFY(stands());
    befall(what);
    std::filesystem::remove(m_folder.path("stalls"));
    const Ended ended = called.ended();
    QCOMPARE(ended.said, says.arg(QString::fromStdString(slide())).toStdString());
    QCOMPARE(ended.status, 1);
    QCOMPARE(filesIn(m_folder.path("out")), std::string());
    putSlide(1);
    const Ended again =
        callProgram(GENEGLASS_PROGRAM, words(command), {{"GENEGLASS_CACHE", m_folder.path("cache")}});
    QCOMPARE(again.status, 0);
    QVERIFY2(again.output.find("damaged") == std::string::npos, again.output.c_str());
  }

  void aShareThatFailsIsASentence_data() {
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("part");
    for (const int error : {EIO, ESTALE})
      for (const int part : {1, 50, 95}) QTest::addRow("errno %d from %d %%", error, part) << error << part;
  }

  /// What was read before is kept, and found by the next call.
  void aShareThatFailsIsASentence() {
    QFETCH(int, error);
    QFETCH(int, part);
    startAnew(m_folder);
    putSlide(1);
    QCOMPARE(callProgram(GENEGLASS_PROGRAM, words(QStringLiteral("predict")),
                         faulty(m_folder, {{"FAULTS_READ", "5:1000000000:share/"}}))
                 .status,
             0);
    const nlohmann::json whole = jsonOfFile(m_folder.path("out/slide.prediction.json"));
    const uint64_t first = 1 + faultCounts(m_folder)[2] * static_cast<uint64_t>(part) / 100;
    startAnew(m_folder);
    const std::string schedule = std::to_string(error) + ":" + std::to_string(first) + ":share/";
    const Ended ended = callProgram(GENEGLASS_PROGRAM, words(QStringLiteral("predict")),
                                    faulty(m_folder, {{"FAULTS_READ", schedule}}));
    QVERIFY2(isSentence(ended.said), ended.said.c_str());
    QCOMPARE(ended.status, 1);
    const Ended again = callProgram(GENEGLASS_PROGRAM, words(QStringLiteral("predict")),
                                    {{"GENEGLASS_CACHE", m_folder.path("cache")}});
    QCOMPARE(again.status, 0);
    QVERIFY(saysTheSame(whole, jsonOfFile(m_folder.path("out/slide.prediction.json"))));
  }
};

}  // namespace geneglass::changed_slide_test

GENEGLASS_TEST(geneglass::changed_slide_test::ChangedSlideTest)
#include "changed_slide_test.moc"
