// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <thread>

#include "inference/learning/pretraining/contrast_step.h"
#include "inference/learning/ranks/rank_group.h"
#include "tests/support/free_port.h"
#include "tests/support/test_program.h"

namespace geneglass::ranks_step_test {
namespace {

constexpr int64_t kBatch = 16, kPart = 4, kSide = 32, kSteps = 10;
constexpr double kRate = 1e-3;
const ContrastSettings kSettings{.projection = 16, .negatives = 40};
const ResNetShape kShape{{1, 1}, {8, 16}, false, ResidualBlock::Basic};

struct Views {
  torch::Tensor queries, keys;  ///< kSteps x kBatch x 3 x side x side
};

Views drawnViews() {
  torch::manual_seed(17);
  const torch::Tensor queries = torch::randn({kSteps, kBatch, 3, kSide, kSide});
  return {queries, queries + torch::randn_like(queries)};
}

struct Learnt {
  std::vector<double> losses;
  TensorFile weights;
};

/// All steps by this rank's share, from a bank that was filled with shares too.
Learnt learnt(ContrastLearner& learner, const Views& views, int rank, int ranks) {
  const int64_t share = kBatch / ranks;
  const auto own = [&](const torch::Tensor& whole) { return whole.narrow(0, rank * share, share); };
  Learnt result;
  for (int64_t step = 0; !learner.fillBank(own(views.queries[step % kSteps]), kBatch); ++step) continue;
  for (int64_t step = 0; step < kSteps; ++step)
    result.losses.push_back(learner.step(own(views.queries[step]), own(views.keys[step]), kRate));
  for (const auto& [part, tensors] : learner.state())
    for (const auto& [name, tensor] : tensors) result.weights[part + "." + name] = tensor;
  return result;
}

double largestDifference(const Learnt& one, const Learnt& other) {
  double largest = 0;
  for (const auto& [name, tensor] : one.weights)
    for (size_t i = 0; i < tensor.values.size(); ++i)
      largest = std::max(largest, std::abs(double(tensor.values[i]) - other.weights.at(name).values[i]));
  return largest;
}

/// The ranks as threads, each with a group of its own.
std::vector<Learnt> learntBy(int ranks, const Views& views) {
  const uint16_t port = testing::freePort();
  std::vector<std::unique_ptr<RankGroup>> groups(static_cast<size_t>(ranks));
  std::vector<std::unique_ptr<ContrastLearner>> learners;
  std::vector<Learnt> all(groups.size());
  {
    std::vector<std::jthread> joining;
    for (int rank = 0; rank < ranks; ++rank)
      joining.emplace_back([&, rank] {
        Result<RankGroup> joined = RankGroup::join({rank, ranks, "127.0.0.1", port, 30});
        if (joined) groups[size_t(rank)] = std::make_unique<RankGroup>(std::move(*joined));
      });
  }
  for (const auto& group : groups) {  // one after the other: LibTorch draws weights by a seed of the process
    if (!group) return all;
    learners.push_back(std::make_unique<ContrastLearner>(
        kShape, kSettings, ContrastWork{kPart, 1, torch::kCPU, nullptr, group.get()}, 5));
  }
  std::vector<std::jthread> learning;
  for (int rank = 0; rank < ranks; ++rank)
    learning.emplace_back(
        [&, rank] { all[size_t(rank)] = learnt(*learners[size_t(rank)], views, rank, ranks); });
  learning.clear();
  return all;
}

}  // namespace

class RanksStepTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void severalRanksLearnTheSameBitsAsOne_data() {
    QTest::addColumn<int>("ranks");
    QTest::newRow("two") << 2;
    QTest::newRow("four") << 4;
  }
  void severalRanksLearnTheSameBitsAsOne() {
    QFETCH(int, ranks);
    const Views views = drawnViews();
    ContrastLearner alone(kShape, kSettings, {kPart, 1, torch::kCPU}, 5);
    const Learnt one = learnt(alone, views, 0, 1);
    const std::vector<Learnt> all = learntBy(ranks, views);
    for (const Learnt& each : all) {
      QCOMPARE(each.losses.size(), one.losses.size());
      QCOMPARE(each.losses, one.losses);
      QCOMPARE(largestDifference(each, one), 0.0);
    }
    QVERIFY(std::abs(one.losses.back() - one.losses.front()) > 1e-3);
  }

  void oneThatFollowsIsWhatTheFirstIs() {
    const uint16_t port = testing::freePort();
    std::vector<torch::Tensor> tensors{torch::arange(6, torch::kFloat).view({2, 3}), torch::zeros({2, 3})};
    std::vector<double> numbers(2);
    std::vector<std::jthread> ranks;
    for (int rank = 0; rank < 2; ++rank)
      ranks.emplace_back([&, rank] {
        const Result<RankGroup> group = RankGroup::join({rank, 2, "127.0.0.1", port, 30});
        if (!group) return;
        group->followFirst({tensors[size_t(rank)]});
        numbers[size_t(rank)] = group->ofFirst({rank + 7.0})[0];
        if (group->any(rank == 1) && !group->any(false)) numbers[size_t(rank)] += 100;
      });
    ranks.clear();
    QVERIFY(torch::equal(tensors[1], tensors[0]));
    QCOMPARE(numbers, (std::vector<double>{107, 107}));
  }

  void anotherThatIsGoneIsRankLost() {
    const uint16_t port = testing::freePort();
    std::string said;
    std::vector<std::jthread> ranks;
    for (int rank = 0; rank < 2; ++rank)
      ranks.emplace_back([&, rank] {
        const Result<RankGroup> group = RankGroup::join({rank, 2, "127.0.0.1", port, 30});
        if (!group || rank == 1) return;  // and leaves
        try {
          (void)group->gathered(torch::zeros({3}));
        } catch (const RankLost& lost) {
          said = lost.what();
        }
      });
    ranks.clear();
    QVERIFY2(said.starts_with("gathering: "), said.c_str());
  }

  void theOthersAreNotWaitedForWithoutEnd() {
    const Result<RankGroup> group = RankGroup::join({0, 2, "127.0.0.1", testing::freePort(), 1});
    QVERIFY(!group);
    QVERIFY2(group.error().sentence.starts_with("Rank 0 of 2 cannot join at 127.0.0.1:"),
             group.error().sentence.c_str());
    const Result<RankGroup> none = RankGroup::join({1, 2, "no machine", 1, 1});
    QCOMPARE(none.error().sentence,
             std::string("Rank 1 of 2 cannot join at no machine:1: there is no way to this address."));
  }
};

}  // namespace geneglass::ranks_step_test

GENEGLASS_TEST(geneglass::ranks_step_test::RanksStepTest)
#include "ranks_step_test.moc"
