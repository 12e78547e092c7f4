// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/top_gene.h"

#include <QTest>

#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::top_gene_test {

class TopGeneTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void isTheBestPredictedWhateverItsValueHere() {
    Prediction prediction = testing::madePrediction();
    prediction.genes[3].heldOutR = 0.97;
    prediction.genes[0].percentile = 99;
    QCOMPARE(topGene(prediction), 3);
    prediction.genes[3].wellPredicted = false;
    QVERIFY(topGene(prediction) != 3 && topGene(prediction) >= 0);
    for (GenePrediction& gene : prediction.genes) gene.wellPredicted = false;
    QCOMPARE(topGene(prediction), -1);
  }
};

}  // namespace geneglass::top_gene_test

GENEGLASS_WINDOW_TEST(geneglass::top_gene_test::TopGeneTest)
#include "top_gene_test.moc"
