// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gene_list.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/genes/tile_spreads.h"
#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::gene_list_test {

class GeneListTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::unique_ptr<GeneList> m_list;

  QLineEdit& field() const { return *m_list->findChild<QLineEdit*>(); }
  QTableView& table() const { return *m_list->findChild<QTableView*>(); }
  QString said() const {
    QStringList texts;
    for (const QLabel* label : m_list->findChildren<QLabel*>())
      if (!label->isHidden() && !label->text().isEmpty()) texts << label->text();
    return texts.join(u'\n');
  }

 private Q_SLOTS:
  void initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  }

  void init() {
    QSettings().clear();
    m_list = std::make_unique<GeneList>();
    m_list->showPrediction(std::make_shared<const Prediction>(testing::madePrediction()));
    m_list->resize(420, 400);
    m_list->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_list.get()));
  }

  void enterChoosesTheVerySymbolAndArrowsGoOn() {
    QSignalSpy chosen(m_list.get(), &GeneList::geneChosen);
    QTest::keyClicks(&field(), QStringLiteral("cdx2"));
    QTest::keyClick(&field(), Qt::Key_Return);
    QVERIFY(!chosen.isEmpty());
    QCOMPARE(chosen.last()[0].toInt(), 1);
    field().clear();
    QTest::keyClick(&field(), Qt::Key_Down);
    QCOMPARE(chosen.last()[0].toInt(), 2);
    QTest::keyClick(&field(), Qt::Key_Up);
    QTest::keyClick(&field(), Qt::Key_Up);
    QCOMPARE(chosen.last()[0].toInt(), 0);
    QVERIFY2(field().hasFocus() || !field().isActiveWindow(), "the hands stay where they type");
  }

  void enterOnTheGeneThatIsShownAsksForItAgain() {
    m_list->chooseGene(1);
    QSignalSpy chosen(m_list.get(), &GeneList::geneChosen);
    QTest::keyClicks(&field(), QStringLiteral("CDX"));
    QTest::keyClick(&field(), Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toInt(), 1);
  }

  void whatTheModelLacksIsSaid() {
    QTest::keyClicks(&field(), QStringLiteral("EPCAM"));
    QVERIFY2(said().contains(QStringLiteral("does not predict “EPCAM”.")), qPrintable(said()));
    field().clear();
    QVERIFY(!said().contains(QStringLiteral("EPCAM")));
  }

  void reliabilityAndPercentileStandBesideTheGeneAndCannotBeHidden() {
    const QHeaderView& header = *table().horizontalHeader();
    QCOMPARE(header.logicalIndex(0), int(GeneTable::Symbol));
    QCOMPARE(header.logicalIndex(1), int(GeneTable::HeldOut));
    QCOMPARE(header.logicalIndex(2), int(GeneTable::Percentile));
    QSettings().setValue(QStringLiteral("genes/hiddenColumns"),
                         QStringList{QString::number(GeneTable::HeldOut), QString::number(GeneTable::Value)});
    m_list->showPrediction(std::make_shared<const Prediction>(testing::madePrediction()));
    QVERIFY(!table().isColumnHidden(GeneTable::HeldOut));
    QVERIFY(table().isColumnHidden(GeneTable::Value));
  }

  void aColumnWithoutRoomIsLeftOutUnlessItIsAskedFor() {
    QSettings().clear();
    m_list->resize(1200, 500);
    m_list->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_list.get()));
    m_list->showPrediction(std::make_shared<const Prediction>(testing::madePrediction()));
    QTRY_VERIFY(!table().isColumnHidden(GeneTable::HotspotArea) && !table().isColumnHidden(GeneTable::Tiles));
    m_list->resize(330, 500);
    QTRY_VERIFY(table().isColumnHidden(GeneTable::HotspotArea) && table().isColumnHidden(GeneTable::Tiles));
    QVERIFY(table().horizontalHeader()->length() <= table().viewport()->width());
    for (const int column : {GeneTable::Symbol, GeneTable::HeldOut, GeneTable::Percentile})
      QVERIFY(!table().isColumnHidden(column));
    QSettings().setValue(QStringLiteral("genes/wantedColumns"),
                         QStringList{QString::number(GeneTable::HotspotArea)});
    m_list->showPrediction(std::make_shared<const Prediction>(testing::madePrediction()));
    QVERIFY(!table().isColumnHidden(GeneTable::HotspotArea));
    QSettings().clear();
    m_list->resize(1200, 500);
    QTRY_VERIFY(!table().isColumnHidden(GeneTable::Tiles));
  }

  void aGroupNarrowsTheListAndSaysHowMuchIsKnown() {
    auto& sets = *m_list->findChild<QComboBox*>();
    QVERIFY(sets.count() > 1);
    sets.setCurrentIndex(1);
    Q_EMIT sets.activated(1);
    QVERIFY(m_list->set());
    QVERIFY(table().model()->rowCount() >= 1 && table().model()->rowCount() < 5);
    QVERIFY2(said().contains(QStringLiteral("well predicted")), qPrintable(said()));
    Q_EMIT sets.activated(0);
    QCOMPARE(table().model()->rowCount(), 5);
  }

  void tileValuesAreCountedInStepsAndUnpredictableGenesHaveNone() {
    const TileSpread spread = spreadOf({0, 0, 0, 0, 12, 24});
    QCOMPARE(spread[0], 1.0f);
    QCOMPARE(spread[12], 0.25f);
    QCOMPARE(spread[23], 0.25f);
    QCOMPARE(spreadOf({3, 3})[0], 1.0f);
    QCOMPARE(spreadOf({})[0], 0.0f);
    TileSpreads spreads;
    spreads.showPrediction(std::make_shared<const Prediction>(testing::madePrediction()));
    QSignalSpy made(&spreads, &TileSpreads::made);
    spreads.want({0, 4});
    QTRY_COMPARE(made.count(), 1);
    QVERIFY(spreads.find(0) && !spreads.find(4));
    spreads.showPrediction(nullptr);
    QVERIFY(!spreads.find(0));
  }
};

}  // namespace geneglass::gene_list_test

GENEGLASS_WINDOW_TEST(geneglass::gene_list_test::GeneListTest)
#include "gene_list_test.moc"
