// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/kept_tiles.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "inference/features/growing_bag.h"
#include "tests/inference/features/kept_features.h"
#include "tests/support/test_program.h"

namespace geneglass::kept_tiles_test {

class KeptTilesTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path path(const char* name) const {
    return m_folder.filePath(QLatin1String(name)).toStdString();
  }

 private Q_SLOTS:
  void whatAPredictionLeftIsCounted() {
    const auto bag = GrowingBag::open(path("half.growing.h5"), testing::frameOf(5), 3);
    QVERIFY(bag);
    QVERIFY2(!keptTiles(path("half.growing.h5")), "nothing yet is as good as no file");
    (*bag)->set(0, TileState::Usable, testing::rowOf(0));
    (*bag)->set(3, TileState::Empty);
    const auto kept = keptTiles(path("half.growing.h5"));  // while it is still written
    QVERIFY(kept);
    QCOMPARE(kept->done, size_t(2));
    QCOMPARE(kept->all, size_t(5));
  }

  void aFileThatIsNoneHoldsNothing() {
    QVERIFY(!keptTiles(path("missing.growing.h5")));
    std::ofstream(path("text.growing.h5")) << "no bag";
    QVERIFY(!keptTiles(path("text.growing.h5")));
  }
};

}  // namespace geneglass::kept_tiles_test

GENEGLASS_TEST(geneglass::kept_tiles_test::KeptTilesTest)
#include "kept_tiles_test.moc"
