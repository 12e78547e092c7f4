// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "inference/synthetic/pyramid_writer.h"
#include "inference/synthetic/slide_painter.h"
#include "tests/support/full_place.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::full_disk_test {

/// The commands where the disk takes no more: files end after some bytes.
class FullDiskTest final : public QObject {
  Q_OBJECT

  struct Ended {
    int status = -1;   ///< -2: a crash
    QStringList said;  ///< lines on standard error
  };

  static Ended call(const QStringList& words, rlim_t bytes) {
    QProcess program;
    program.setChildProcessModifier([bytes] {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{bytes, bytes};
      setrlimit(RLIMIT_FSIZE, &limit);
    });
    program.start(QStringLiteral(GENEGLASS_PROGRAM), words);
    if (!program.waitForFinished(120000)) return {};
    const QString said = QString::fromUtf8(program.readAllStandardError());
    return {program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -2,
            said.split(u'\n', Qt::SkipEmptyParts)};
  }

  static QString model() {
    return QString::fromStdString((testing::sourceFolder() / "resources/models/demonstration").string());
  }

  QStringList filesIn(const QString& folder) const {
    QStringList names;
    QDirIterator every(m_folder.filePath(folder), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (every.hasNext()) names << QFileInfo(every.next()).fileName();
    return names;
  }

  QTemporaryDir m_folder;
  QString m_slide = m_folder.filePath(QStringLiteral("made.tif"));

 private Q_SLOTS:
  void initTestCase() {
    const Size size{2048, 2048};
    const SlidePainter painter(3, size);
    const auto render = [&](int64_t x, int64_t y, int width, int height) {
      return painter.render(x, y, width, height);
    };
    const auto written = writePyramid(m_slide.toStdString(), {.size = size}, render);
    QVERIFY2(written, written ? "" : written.error().sentence.c_str());
  }

  void oneSentenceAndNoPieces_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QString>("file");
    const auto row = [](const char* name, const QStringList& words, int bytes, const char* file) {
      QTest::newRow(name) << words << bytes << QString::fromLatin1(file);
    };
    row("maps of a prediction",
        {QStringLiteral("predict"), m_slide, QStringLiteral("--out"), QStringLiteral("OUT")}, 3000,
        "made.maps.h5");
    row("facts of a prediction",
        {QStringLiteral("predict"), m_slide, QStringLiteral("--out"), QStringLiteral("OUT")}, 16000,
        "made.prediction.json");
    row("an AnnData file",
        {QStringLiteral("predict"), m_slide, QStringLiteral("--out"), QStringLiteral("OUT"),
         QStringLiteral("--h5ad")},
        1000000, "made.h5ad");
    row("features",
        {QStringLiteral("extract"), m_slide, QStringLiteral("--model"), model(), QStringLiteral("--out"),
         QStringLiteral("OUT")},
        3000, "made.h5");
    const QStringList synth{QStringLiteral("synth"),  QStringLiteral("OUT"),    QStringLiteral("--slides"),
                            QStringLiteral("1"),      QStringLiteral("--seed"), QStringLiteral("1"),
                            QStringLiteral("--size"), QStringLiteral("512x512")};
    row("a synthetic slide", synth, 25000, "synthetic-1-0001.tif");
  }

  void oneSentenceAndNoPieces() {
    QFETCH(QStringList, words);
    QFETCH(const int, bytes);
    QFETCH(const QString, file);
    const QString out = QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-');
    words.replaceInStrings(QStringLiteral("OUT"), m_folder.filePath(out));
    const Ended ended = call(words, rlim_t(bytes));
    QVERIFY2(ended.status == 1, qPrintable(QString::number(ended.status) + ended.said.join(u'\n')));
    QCOMPARE(ended.said.join(u'\n'),
             QStringLiteral("Cannot write '%1/%2': File too large.").arg(m_folder.filePath(out), file));
    for (const QString& left : filesIn(out)) {
      QVERIFY2(!left.endsWith(QStringLiteral(".part")), qPrintable(left));
      QVERIFY2(left != file, qPrintable(left));
    }
  }
};

}  // namespace geneglass::full_disk_test

GENEGLASS_TEST(geneglass::full_disk_test::FullDiskTest)
#include "full_disk_test.moc"
