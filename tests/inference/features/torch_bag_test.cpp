// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <limits>

#include "inference/features/feature_bag.h"
#include "tests/support/test_program.h"
#include "tests/support/written_torch.h"

namespace geneglass::torch_bag_test {

using namespace geneglass::testing;

class TorchBagTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path file() const { return m_folder.filePath(QStringLiteral("bag.pt")).toStdString(); }

  static StoredTensor tensor(std::vector<int64_t> shape) {
    StoredTensor made{std::move(shape), {}};
    int64_t count = 1;
    for (const int64_t side : made.shape) count *= side;
    for (int64_t i = 0; i < count; ++i) made.values.push_back(float(i));
    return made;
  }
  std::string reason(const TensorFile& tensors) const {
    writeTorch(file(), tensors);
    const auto bag = readBag(file());
    const std::string start = "Cannot read '" + file().string() + "': ";
    if (bag || !bag.error().sentence.starts_with(start)) return "not refused";
    return bag.error().sentence.substr(start.size());
  }

 private Q_SLOTS:
  void aTensorAloneIsABagForWhoOnlyLearns() {
    const std::string halves = std::string{0, 0x3c, 0, char(0xc0), 0, 0x3c};
    writeTorchZip(file(), pickledTensor("HalfStorage", "0", 0, {1, 1, 3}, {3, 3, 1}), {{"0", halves}});
    const auto bag = readBagWithoutPlaces(file());
    QVERIFY2(bag, bag ? "" : bag.error().sentence.c_str());
    QCOMPARE(bag->features.rows, size_t(1));
    QCOMPARE(bag->features.values, (std::vector<float>{1, -2, 1}));
    QCOMPARE(bag->grid.count(), size_t(1));
    QVERIFY(!readBag(file()));
  }

  void placesBesideTheFeaturesAreTaken() {
    writeTorch(file(), {{"features", tensor({3, 2})}, {"coords", {{3, 2}, {0, 0, 224, 0, 224, 448}}}});
    const auto bag = readBag(file());
    QVERIFY2(bag, bag ? "" : bag.error().sentence.c_str());
    QCOMPARE(bag->grid.tile, 224);
    QCOMPARE(bag->grid.corners(), (std::vector<int32_t>{0, 0, 224, 0, 224, 448}));
  }

  void whatIsNoBagIsRefusedInOneSentence() {
    QCOMPARE(reason({{"weight", tensor({3, 2})}}), std::string("it holds no 'features'."));
    QCOMPARE(reason({{"features", tensor({6})}}), std::string("its 'features' are not N x D."));
    QCOMPARE(reason({{"features", tensor({3, 2})}}),
             std::string("it holds no 'coords', the positions of its tiles."));
    QCOMPARE(reason({{"features", tensor({3, 2})}, {"coords", tensor({2, 2})}}),
             std::string("it holds 3 features but 2 positions."));
    QCOMPARE(reason({{"features", {{1, 1}, {std::numeric_limits<float>::infinity()}}}}),
             std::string("some of its features are not finite numbers."));
    QCOMPARE(reason({{"features", tensor({1, 2})}, {"coords", {{1, 2}, {1e30F, 0}}}}),
             std::string("a tile lies at 1e+30, which is on no slide."));
    QCOMPARE(
        reason({{"features", tensor({1, 2})}, {"coords", {{1, 2}, {0, 0}}}}),
        std::string("the size of its tiles is unknown: nothing says it, and there is no other tile to tell "
                    "it by."));
    writeTorchZip(file(), "cposix\nsystem\n(" + pickledText("true") + "tR", {});
    const auto code = readBagWithoutPlaces(file());
    QVERIFY(!code);
    QVERIFY(code.error().sentence.find("holds code ('posix.system')") != std::string::npos);
  }
};

}  // namespace geneglass::torch_bag_test

GENEGLASS_TEST(geneglass::torch_bag_test::TorchBagTest)
#include "torch_bag_test.moc"
