// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "app/desktop/case/case_file.h"
#include "app/desktop/case/case_slide.h"
#include "tests/support/test_program.h"

namespace geneglass::case_slide_test {

namespace fs = std::filesystem;

class CaseSlideTest : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  fs::path path(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

  /// A case of a slide that calls itself so.
  fs::path made(const char* name, const std::string& slide) const {
    const CaseContent content{{slide, std::string(64, 'a'), {4000, 3000}}, {}, {}, 0, {}};
    const auto file = CaseFile::create(path(name), content);
    if (!file) qFatal("%s", file.error().sentence.c_str());
    return path(name);
  }

 private Q_SLOTS:
  void theSlideLiesBesideItsCase() {
    const fs::path file = made("a.geneglass", "a.svs");
    std::ofstream(path("a.svs")) << "a slide";
    QVERIFY(isCaseFile(file) && !isCaseFile(path("a.svs")));
    const auto slide = slideOfCase(file);
    QVERIFY2(slide, slide ? "" : slide.error().sentence.c_str());
    QCOMPARE(slide->string(), path("a.svs").string());
  }

  void aCaseWithoutItsSlideSaysWhichOneIsMissing() {
    const fs::path file = made("b.geneglass", "gone.svs");
    QCOMPARE(slideOfCase(file).error().sentence,
             "'" + file.string() + "' is the case of the slide 'gone.svs', which does not lie beside it.");
  }

  void aCaseLeadsToNoFileElsewhere_data() {
    QTest::addColumn<std::string>("name");
    for (const char* name : {"../elsewhere.svs", "/etc/passwd", "..", ".", "", "below/"})
      QTest::newRow(name) << std::string(name);
  }
  void aCaseLeadsToNoFileElsewhere() {
    QFETCH(std::string, name);
    const fs::path file = path("c.geneglass");
    fs::remove(file);
    made("c.geneglass", name);
    fs::create_directories(path("below"));
    std::ofstream(fs::path(m_folder.path().toStdString()).parent_path() / "elsewhere.svs")
        << "not to be opened";
    QCOMPARE(slideOfCase(file).error().sentence, "'" + file.string() + "' is the case of the slide '" + name +
                                                     "', which does not lie beside it.");
    fs::remove(fs::path(m_folder.path().toStdString()).parent_path() / "elsewhere.svs");
  }

  void whatIsNoCaseIsRefused() {
    std::ofstream(path("no.geneglass")) << "no database";
    const auto refused = slideOfCase(path("no.geneglass"));
    QVERIFY(!refused);
    QVERIFY(QString::fromStdString(refused.error().sentence).contains(QStringLiteral("no.geneglass")));
  }
};

}  // namespace geneglass::case_slide_test

GENEGLASS_TEST(geneglass::case_slide_test::CaseSlideTest)
#include "case_slide_test.moc"
