// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/report_template.h"

#include <QTest>

#include "tests/support/window_test_program.h"

namespace geneglass::report_template_test {

class ReportTemplateTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsWrittenIsReadAgain() {
    ReportTemplate layout = usualTemplate();
    layout.caseId = QStringLiteral("S26-");
    layout.institution = QStringLiteral("Institut für Pathologie \"A\"");
    std::swap(layout.parts[0], layout.parts[3]);
    layout.parts[2].on = false;
    layout.paper = ReportPaper::Letter;
    layout.allGenes = false;
    QVERIFY(templateOf(textOf(layout)) == layout);
    const CaseWords words{QStringLiteral("S-26"), QStringLiteral("Two\nlines")};
    QVERIFY(caseWordsOf(textOf(words)) == words);
    QCOMPARE(textOf(CaseWords{}), std::string());
  }

  void whatIsNoTemplateGivesTheUsualOne() {
    for (const char* text :
         {"", "{", "[]", "3", "{\"parts\":7}", "{\"parts\":[7,{\"part\":4}]}", "{\"parts\":[]}"})
      QVERIFY2(templateOf(text) == usualTemplate(), text);
    QVERIFY(caseWordsOf("{\"caseId\":3}") == CaseWords{});
  }

  void unknownPartsArePassedOverAndMissingOnesComeLastAndOff() {
    const ReportTemplate read = templateOf(
        R"({"parts":[{"part":"genes","on":true},{"part":"tea","on":true},{"part":"genes","on":false}]})");
    QCOMPARE(read.parts.size(), usualTemplate().parts.size());
    QVERIFY(read.parts[0].part == ReportPart::Genes && read.parts[0].on);
    for (size_t i = 1; i < read.parts.size(); ++i) QVERIFY(!read.parts[i].on);
  }
};

}  // namespace geneglass::report_template_test

GENEGLASS_WINDOW_TEST(geneglass::report_template_test::ReportTemplateTest)
#include "report_template_test.moc"
