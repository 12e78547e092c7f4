// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <numeric>

#include "inference/learning/heads/head_training.h"
#include "inference/learning/heads/training_memory.h"
#include "tests/inference/learning/planted_bags.h"
#include "tests/support/full_place.h"
#include "tests/support/test_program.h"

namespace geneglass::head_settings_test {

using namespace geneglass::testing;

namespace {

std::vector<size_t> range(size_t first, size_t last) {
  std::vector<size_t> cases(last - first);
  std::iota(cases.begin(), cases.end(), first);
  return cases;
}

HeadSettings droppingSettings() {
  HeadSettings settings = smallSettings();
  settings.featureDropout = 0.4;
  settings.shrinkage = 1;
  settings.epochs = 8;
  settings.patience = 8;
  return settings;
}

double sizeOf(const TrainedHead& head, const char* name) {
  double squares = 0;
  for (const float value : head.weights.at(name).values) squares += double(value) * value;
  return std::sqrt(squares);
}

}  // namespace

class HeadSettingsTest final : public QObject {
  Q_OBJECT
  PlantedBags m_planted = makePlantedBags(40, 3);
  std::vector<size_t> m_training = range(0, 30), m_validation = range(30, 40);

 private Q_SLOTS:
  void theEpochKeptIsTheBestByWhatWasAskedFor() {
    for (const StopBy by : {StopBy::Loss, StopBy::Correlation}) {
      HeadSettings settings = droppingSettings();
      settings.stopBy = by;
      std::vector<EpochReport> reports;
      const auto head = trainHead(casesOf(m_planted), m_training, m_validation, settings, 1, {},
                                  [&](const EpochReport& report) { reports.push_back(report); });
      const auto worse = [by](const EpochReport& a, const EpochReport& b) {
        return by == StopBy::Loss ? a.validationLoss < b.validationLoss : a.validationR > b.validationR;
      };
      const EpochReport best = *std::min_element(reports.begin(), reports.end(), worse);
      QCOMPARE(head->bestEpoch, best.epoch);
      QCOMPARE(head->validationLoss, by == StopBy::Loss ? best.validationLoss : 1 - best.validationR);
    }
  }

  void weightsThatShrinkEndSmaller() {
    HeadSettings settings = droppingSettings();
    settings.shrinkage = 0;
    const auto free = trainHead(casesOf(m_planted), m_training, {}, settings, 1, {}, {});
    settings.shrinkage = 20;
    const auto shrunk = trainHead(casesOf(m_planted), m_training, {}, settings, 1, {}, {});
    QVERIFY(sizeOf(*shrunk, "value.weight") < 0.8 * sizeOf(*free, "value.weight"));
  }

  void aStateThatTheDiskDoesNotTakeLeavesTheOneBefore() {
    const QTemporaryDir folder;
    const TrainingMemory memory(folder.path().toStdString(), "key");
    KeptState state;
    state.numbers["loss"] = {1};
    memory.keep("run", state);
    state.numbers["loss"] = std::vector<double>(10000, 2.0);
    {
      const testing::FullPlace full(4096);
      memory.keep("run", state);
    }
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("run.state")});
    QCOMPARE(memory.find("run")->numbers["loss"], std::vector<double>{1});
  }

  void droppedFeaturesDifferFromBagToBagAndAreTheSameWhenItGoesOn() {
    const QTemporaryDir folder;
    const TrainingMemory memory(folder.path().toStdString() + "/memory", "key");
    const HeadSettings settings = droppingSettings();
    const auto whole = trainHead(casesOf(m_planted), m_training, m_validation, settings, 1, {}, {});
    HeadSettings none = settings;
    none.featureDropout = 0;
    const auto undropped = trainHead(casesOf(m_planted), m_training, m_validation, none, 1, {}, {});
    QVERIFY(whole->weights.at("embedding.weight").values != undropped->weights.at("embedding.weight").values);
    std::stop_source stop;
    const auto ended = trainHead(casesOf(m_planted), m_training, m_validation, settings, 1, stop.get_token(),
                                 [&](const EpochReport& report) {
                                   if (report.epoch == 3) stop.request_stop();
                                 },
                                 {&memory, "run"});
    QVERIFY(!ended);
    const auto gone =
        trainHead(casesOf(m_planted), m_training, m_validation, settings, 1, {}, {}, {&memory, "run"});
    QCOMPARE(gone->bestEpoch, whole->bestEpoch);
    for (const auto& [name, tensor] : whole->weights) QCOMPARE(gone->weights.at(name).values, tensor.values);
  }
};

}  // namespace geneglass::head_settings_test

GENEGLASS_TEST(geneglass::head_settings_test::HeadSettingsTest)
#include "head_settings_test.moc"
