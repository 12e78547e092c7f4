// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/tcga_barcode.h"

#include <QTest>

#include "tests/support/test_program.h"

namespace geneglass::tcga_barcode_test {

class TcgaBarcodeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void barcodesSayPatientAndSample_data();
  void barcodesSayPatientAndSample();
  void whatIsNoBarcodeIsNone();
};

void TcgaBarcodeTest::barcodesSayPatientAndSample_data() {
  QTest::addColumn<int>("sample");
  QTest::addRow("TCGA-A6-2671") << 0;
  QTest::addRow("TCGA-A6-2671-01") << 1;
  QTest::addRow("TCGA-A6-2671-01A-11R-0905-07") << 1;
  QTest::addRow("TCGA.A6.2671.11A.11R.0905.07") << 11;
  QTest::addRow("TCGA-A6-2671-06A") << 6;
  QTest::addRow("TCGA-A6-2671-20A") << 20;
}

void TcgaBarcodeTest::barcodesSayPatientAndSample() {
  QFETCH(int, sample);
  const auto barcode = tcgaBarcode(QTest::currentDataTag());
  QVERIFY(barcode);
  QCOMPARE(barcode->patient, std::string("TCGA-A6-2671"));
  QCOMPARE(barcode->sampleType, sample);
  QCOMPARE(barcode->isTumour(), sample == 1 || sample == 6);
}

void TcgaBarcodeTest::whatIsNoBarcodeIsNone() {
  for (const char* name : {"", "TCGA", "TCGA-A6-267", "TCGA-A6-2671X", "TCGA-A6-2671-", "TCGA-A6-2671-DX1",
                           "GTEX-A6-2671-01A", "TCGA-A6 2671-01A", "TCGA-A--2671-01A", "tcga-a6-2671"})
    QVERIFY2(!tcgaBarcode(name), name);
}

}  // namespace geneglass::tcga_barcode_test

GENEGLASS_TEST(geneglass::tcga_barcode_test::TcgaBarcodeTest)
#include "tcga_barcode_test.moc"
