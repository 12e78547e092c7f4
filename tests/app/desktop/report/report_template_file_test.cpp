// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/report_template_file.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "app/desktop/report/report_dialog.h"
#include "tests/app/desktop/report/made_report.h"
#include "tests/support/test_files.h"
#include "tests/support/window_test_program.h"

namespace geneglass::report_template_file_test {

using namespace geneglass::testing;

namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

ReportTemplate hospitals() {
  ReportTemplate layout = usualTemplate();
  layout.institution = QStringLiteral("Klinikum Süd");
  layout.caseId = QStringLiteral("S26-");
  std::swap(layout.parts[0], layout.parts[5]);
  layout.parts[1].on = false;
  layout.paper = ReportPaper::Letter;
  layout.allGenes = false;
  return layout;
}

QLineEdit* field(const QWidget& dialog, const char* accessibleName) {
  for (QLineEdit* line : dialog.findChildren<QLineEdit*>())
    if (line->accessibleName() == QLatin1String(accessibleName)) return line;
  return nullptr;
}

}  // namespace

class ReportTemplateFileTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }
  std::string refusalOf(const char* text) const {
    std::ofstream(path("given.json")) << text;
    const auto read = readTemplate(path("given.json"));
    return read ? std::string() : read.error().sentence;
  }

 private Q_SLOTS:
  void whatIsSavedIsLoaded() {
    QVERIFY(writeTemplate(path("a.json"), hospitals()));
    const auto read = readTemplate(path("a.json"));
    QVERIFY2(read, read ? "" : read.error().sentence.c_str());
    QVERIFY(*read == hospitals());
    QVERIFY(bytesOfFile(path("a.json")).starts_with("{\n  \"geneglass\": \"report template\",\n"));
  }

  void whatIsNoTemplateIsSaid_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("reason");
    const QByteArray none = "it is no report template of Geneglass";
    QTest::newRow("empty") << QByteArray("") << none;
    QTest::newRow("words") << QByteArray("words") << none;
    QTest::newRow("other") << QByteArray(R"({"parts":[]})") << none;
    QTest::newRow("no parts") << QByteArray(R"({"geneglass":"report template"})")
                              << QByteArray("it has no list 'parts'");
    QTest::newRow("part") << QByteArray(R"({"geneglass":"report template","parts":[7]})")
                          << QByteArray("its list 'parts' holds '7'");
    QTest::newRow("unknown") << QByteArray(R"({"geneglass":"report template","parts":[{"part":"tea"}]})")
                             << QByteArray("it names the section '\"tea\"', which is not known");
    QTest::newRow("paper") << QByteArray(R"({"geneglass":"report template","parts":[],"paper":"A5"})")
                           << QByteArray("its 'paper' is '\"A5\"', not 'A4' or 'Letter'");
  }

  void whatIsNoTemplateIsSaid() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, reason);
    QCOMPARE(refusalOf(text.constData()), "Cannot read the report template '" + path("given.json").string() +
                                              "': " + reason.toStdString() + ".");
  }

  void aFileThatIsNotThereIsSaid() {
    QCOMPARE(
        readTemplate(path("none.json")).error().sentence,
        "Cannot read the report template '" + path("none.json").string() + "': No such file or directory.");
    QCOMPARE(writeTemplate("/proc/nowhere/a.json", hospitals()).error().sentence,
             std::string("Cannot write '/proc/nowhere/a.json': No such file or directory."));
  }

  void theDialogLoadsAndSavesIt() {
    QVERIFY(writeTemplate(path("a.json"), hospitals()));
    ReportRequest request = madeReport(path("r.pdf"));
    request.words.findings = QStringLiteral("Findings of this case");
    ReportDialog dialog(request, [](const std::any&) {});
    QSignalSpy loaded(&dialog, &ReportDialog::templateLoaded), saved(&dialog, &ReportDialog::templateSaved),
        refused(&dialog, &ReportDialog::templateRefused);
    dialog.loadTemplate(path("a.json"));
    QVERIFY(loaded.wait(kPatience));
    QVERIFY(dialog.request().layout == hospitals());
    QCOMPARE(field(dialog, "Case id")->text(), QStringLiteral("S26-"));
    QVERIFY(dialog.request().words.caseId.isEmpty());  // nobody has written one
    QCOMPARE(dialog.request().words.findings, QStringLiteral("Findings of this case"));
    field(dialog, "Case id")->setText(QStringLiteral("S26-1234"));
    dialog.loadTemplate(path("a.json"));
    QVERIFY(loaded.wait(kPatience));
    QCOMPARE(dialog.request().words.caseId, QStringLiteral("S26-1234"));
    dialog.saveTemplate(path("b.json"));
    QVERIFY(saved.wait(kPatience));
    QVERIFY(*readTemplate(path("b.json")) == hospitals());
    QVERIFY(bytesOfFile(path("b.json")).find("1234") == std::string::npos);
    dialog.loadTemplate(path("none.json"));
    QVERIFY(refused.wait(kPatience));
    QVERIFY(dialog.request().layout == hospitals());
  }
};

}  // namespace geneglass::report_template_file_test

GENEGLASS_WINDOW_TEST(geneglass::report_template_file_test::ReportTemplateFileTest)
#include "report_template_file_test.moc"
