// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/package_statement.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "inference/synthetic/truth_file.h"
#include "tests/support/test_program.h"

namespace geneglass::package_statement_test {

class PackageStatementTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  Cohort cohortOf(const char* slide) const {
    Cohort cohort;
    cohort.cases.resize(1);
    cohort.cases[0].slides = {std::filesystem::path(m_folder.path().toStdString()) / slide};
    return cohort;
  }
  static ModelPackage packageSaying(const char* statement) {
    ModelPackage package;
    package.statement = statement;
    return package;
  }

 private Q_SLOTS:
  void initTestCase() { std::ofstream(truthFileOf(cohortOf("painted.tif").cases[0].slides[0])) << "truth"; }

  void aChildOfSyntheticSlidesSaysSo() {
    const ModelPackage real = packageSaying("encoder of tiles");
    QCOMPARE(statementOf("", real, cohortOf("painted.tif")),
             std::string("model trained on synthetic tissue"));
    QCOMPARE(statementOf("colon, ours", real, cohortOf("painted.tif")),
             std::string("colon, ours, trained on synthetic tissue"));
  }

  void aChildOfASyntheticEncoderSaysSo() {
    const ModelPackage synthetic = packageSaying("encoder trained on synthetic tissue");
    QCOMPARE(statementOf("colon, ours", synthetic, cohortOf("real.svs")),
             std::string("colon, ours, with an encoder trained on synthetic tissue"));
    // And its own child, in turn.
    const ModelPackage child = packageSaying("colon, ours, with an encoder trained on synthetic tissue");
    QCOMPARE(statementOf("", child, cohortOf("real.svs")),
             std::string("model with an encoder trained on synthetic tissue"));
  }

  void whatSaysItIsNotSaidTwice() {
    QCOMPARE(statementOf("demonstration model, trained on synthetic tissue", packageSaying(""),
                         cohortOf("painted.tif")),
             std::string("demonstration model, trained on synthetic tissue"));
  }

  void realTissueSaysWhatWasAskedFor() {
    const ModelPackage real = packageSaying("encoder of tiles");
    QCOMPARE(statementOf("", real, cohortOf("real.svs")), std::string());
    QCOMPARE(statementOf("colon, ours", real, cohortOf("real.svs")), std::string("colon, ours"));
    Cohort mixed = cohortOf("painted.tif");
    mixed.cases.push_back(cohortOf("real.svs").cases[0]);
    QVERIFY(!isSynthetic(mixed));
  }
};

}  // namespace geneglass::package_statement_test

GENEGLASS_TEST(geneglass::package_statement_test::PackageStatementTest)
#include "package_statement_test.moc"
