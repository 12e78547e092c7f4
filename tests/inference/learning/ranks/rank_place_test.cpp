// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/ranks/rank_place.h"

#include <QtTest>
#include <map>

#include "tests/support/test_program.h"

namespace geneglass::rank_place_test {

using Variables = std::map<std::string, std::string>;

static Result<RankPlace> placeIn(const Variables& variables) {
  return rankPlaceOf([&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

class RankPlaceTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void oneProcessIsAlone() {
    for (const Variables& variables :
         {Variables{}, Variables{{"RANK", "0"}, {"WORLD_SIZE", "1"}},
          Variables{{"SLURM_PROCID", "0"}, {"SLURM_STEP_NUM_TASKS", "1"}}, Variables{{"MASTER_ADDR", "far"}}})
      QVERIFY(placeIn(variables).value() == RankPlace());
  }

  void placesAreThoseOfTorchrunAndOfSrun() {
    const RankPlace own = placeIn({{"RANK", "2"},
                                   {"WORLD_SIZE", "4"},
                                   {"MASTER_ADDR", "node1"},
                                   {"MASTER_PORT", "4711"},
                                   {"SLURM_PROCID", "0"},
                                   {"SLURM_STEP_NUM_TASKS", "9"}})
                              .value();
    QVERIFY(own == (RankPlace{2, 4, "node1", 4711}));
    QVERIFY(placeIn({{"SLURM_PROCID", "1"}, {"SLURM_STEP_NUM_TASKS", "3"}, {"SLURM_STEP_NUM_NODES", "1"}})
                .value() == (RankPlace{1, 3, "127.0.0.1", 29500}));
  }

  void whatIsNoPlaceIsASentence_data() {
    QTest::addColumn<Variables>("variables");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("half") << Variables{{"RANK", "0"}}
                          << "RANK is set and WORLD_SIZE is not: several processes learn together by both.";
    QTest::newRow("other half")
        << Variables{{"WORLD_SIZE", "2"}}
        << "WORLD_SIZE is set and RANK is not: several processes learn together by both.";
    QTest::newRow("too large") << Variables{{"RANK", "2"}, {"WORLD_SIZE", "2"}}
                               << "RANK is '2', and must be a whole number from 0 to 1.";
    QTest::newRow("no number") << Variables{{"RANK", "0"}, {"WORLD_SIZE", "2x"}}
                               << "WORLD_SIZE is '2x', and must be a whole number from 1 to 4096.";
    QTest::newRow("port") << Variables{{"RANK", "0"}, {"WORLD_SIZE", "2"}, {"MASTER_PORT", "70000"}}
                          << "MASTER_PORT is '70000', and must be a whole number from 1 to 65535.";
    QTest::newRow("machines")
        << Variables{{"SLURM_PROCID", "0"}, {"SLURM_STEP_NUM_TASKS", "2"}, {"SLURM_STEP_NUM_NODES", "2"}}
        << "MASTER_ADDR is not set: the processes on other machines cannot find that of rank 0.";
  }
  void whatIsNoPlaceIsASentence() {
    QFETCH(Variables, variables);
    QFETCH(QString, sentence);
    const Result<RankPlace> place = placeIn(variables);
    QVERIFY(!place);
    QCOMPARE(QString::fromStdString(place.error().sentence), sentence);
  }

  void aBatchIsSharedInWholeParts() {
    QCOMPARE(shareOf({1, 4}, 128, 32).value(), int64_t(32));
    QCOMPARE(shareOf({1, 3}, 129, 0).value(), int64_t(43));
    QCOMPARE(shareOf({}, 130, 32).value(), int64_t(130));
    for (const auto& [ranks, batch, part] : {std::tuple{3, 128, 32}, {8, 128, 32}, {2, 129, 0}}) {
      const auto share = shareOf({0, ranks}, batch, part);
      QVERIFY(!share);
      QVERIFY(share.error().sentence.ends_with("cannot be shared evenly by " + std::to_string(ranks) +
                                               " processes"));
    }
  }
};

}  // namespace geneglass::rank_place_test

GENEGLASS_TEST(geneglass::rank_place_test::RankPlaceTest)
#include "rank_place_test.moc"
