// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/contrast_step.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::contrast_step_test {
namespace {

torch::Tensor drawnUnit(int64_t rows, int64_t width) {
  const torch::Tensor drawn = torch::randn({rows, width}, torch::kDouble);
  return drawn / drawn.norm(2, 1, true);
}

/// The stated loss by LibTorch's own functions.
torch::Tensor statedLoss(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& bank,
                         double temperature) {
  const torch::Tensor unit = bank / bank.norm(2, 1, true);
  const torch::Tensor logits = torch::cat({q.mm(k.t()), q.mm(unit.t())}, 1) / temperature;
  return torch::cross_entropy_loss(logits, torch::arange(q.size(0)));
}

double largestDifference(const torch::Tensor& a, const torch::Tensor& b) {
  return ((a - b).abs().max() / b.abs().max()).item<double>();
}

StoredTensor stored(const torch::Tensor& tensor) {
  const torch::Tensor plain = tensor.contiguous();
  return {plain.sizes().vec(), {plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel()}};
}

TensorFile joined(const ContrastLearner::State& state) {
  TensorFile all;
  for (const auto& [part, tensors] : state)
    for (const auto& [name, tensor] : tensors) all[part + "." + name] = tensor;
  return all;
}

/// How far the tensors of `found` are from those of the same names, as a part of each one's largest value.
double largestDifference(const TensorFile& found, const TensorFile& expected) {
  double largest = 0;
  for (const auto& [name, tensor] : found) {
    const StoredTensor& other = expected.at(name);
    if (other.values.size() != tensor.values.size()) return INFINITY;
    double difference = 0, size = 1e-3;
    for (size_t i = 0; i < tensor.values.size(); ++i) {
      difference = std::max(difference, std::abs(double(tensor.values[i]) - other.values[i]));
      size = std::max(size, std::abs(double(other.values[i])));
    }
    largest = std::max(largest, difference / size);
  }
  return largest;
}

constexpr double kRate = 1e-3;  // the paper's: at larger rates float32's rounding grows beyond any tolerance
constexpr int64_t kSteps = 20, kBatch = 12, kSide = 48;

const ContrastSettings kSettings{.projection = 16, .negatives = 40};

ResNetShape shapeOf(bool bottleneck) {
  return {{1, 2}, {8, 16}, false, bottleneck ? ResidualBlock::Bottleneck : ResidualBlock::Basic};
}

}  // namespace

class ContrastStepTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  ContrastLearner learnerWithFullBank(bool bottleneck, const ContrastWork& work = {0, 1, torch::kCPU}) const {
    ContrastLearner learner(shapeOf(bottleneck), kSettings, work, 5);
    torch::manual_seed(6);
    while (!learner.fillBank(torch::randn({kBatch, 3, kSide, kSide}), kBatch)) continue;
    return learner;
  }

 private Q_SLOTS:
  void theClosedFormsAreTheGradientsOfTheStatedLoss() {
    torch::manual_seed(1);
    for (int trial = 0; trial < 5; ++trial) {
      const int64_t n = 6 + trial, width = 8, negatives = 50;
      torch::Tensor q = drawnUnit(n, width).requires_grad_(), k = drawnUnit(n, width);
      torch::Tensor rows = (2 * torch::rand({negatives, width}, torch::kDouble) - 0.7).requires_grad_();
      const NegativeBank bank{rows.detach().clone(), torch::zeros_like(rows)};
      for (const double temperature : {0.02, 0.12}) {
        const torch::Tensor loss = statedLoss(q, k, rows, temperature);
        const auto automatic = torch::autograd::grad({loss}, {q, rows});
        const Similarities cosines = similaritiesOf(q.detach(), k, bank);
        const ContrastLoss closed = contrastLoss(cosines, k, temperature);
        QVERIFY(std::abs(closed.loss - loss.item<double>()) < 1e-9);
        QVERIFY(largestDifference(closed.gradient, automatic[0]) < 1e-9);
        QVERIFY(largestDifference(bankGradient(cosines, q.detach(), temperature), -automatic[1]) < 1e-9);
      }
    }
  }

  void inFloatsOneDnnGivesTheSameToFiveDigits() {
    torch::manual_seed(2);
    const torch::Tensor q = drawnUnit(9, 16), k = drawnUnit(9, 16);
    const torch::Tensor rows = torch::randn({70, 16}, torch::kDouble);
    const auto inFloats = [](const torch::Tensor& tensor) { return tensor.to(torch::kFloat); };
    const NegativeBank exact{rows, {}}, rounded{inFloats(rows), {}};
    const Similarities a = similaritiesOf(q, k, exact);
    const Similarities b = similaritiesOf(inFloats(q), inFloats(k), rounded);
    QVERIFY(largestDifference(contrastLoss(b, inFloats(k), 0.12).gradient,
                              contrastLoss(a, k, 0.12).gradient) < 1e-5);
    QVERIFY(largestDifference(bankGradient(b, inFloats(q), 0.02), bankGradient(a, q, 0.02)) < 1e-4);
  }

  void climbingMakesTheLossLarger() {
    torch::manual_seed(3);
    const torch::Tensor q = drawnUnit(9, 16), k = drawnUnit(9, 16);
    NegativeBank bank{torch::randn({70, 16}, torch::kDouble), torch::zeros({70, 16}, torch::kDouble)};
    double before = 0;
    for (int step = 0; step < 10; ++step) {
      const Similarities cosines = similaritiesOf(q, k, bank);
      const double loss = contrastLoss(cosines, k, 0.02).loss;
      QVERIFY(loss > before);
      before = loss;
      climb(bank, bankGradient(cosines, q, 0.02), {.learningRate = 1e-3});
    }
  }

  void twentyStepsEqualThoseOfAPyTorchScript_data() {
    QTest::addColumn<bool>("bottleneck");
    QTest::newRow("basic blocks") << false;
    QTest::newRow("bottlenecks") << true;
  }
  void twentyStepsEqualThoseOfAPyTorchScript() {
    QFETCH(bool, bottleneck);
    const QString python = QStringLiteral("/usr/bin/python3");
    const QString installed = QStringLiteral(
        "import importlib.util as u; exit(not (u.find_spec('torch') and u.find_spec('h5py')))");
    if (QProcess::execute(python, {QStringLiteral("-c"), installed}) != 0)
      QSKIP("python3-torch and python3-h5py are not installed: the steps are compared with nothing");
    ContrastLearner learner = learnerWithFullBank(bottleneck);
    torch::manual_seed(17);  // with 7 the rounding of one step decides a maximum or a ReLU: 2e-4 of conv1
    const torch::Tensor queries = torch::randn({kSteps, kBatch, 3, kSide, kSide});
    const torch::Tensor keys = queries + torch::randn_like(queries);
    TensorFile given = joined(learner.state());
    const TensorFile before = given;
    given["views.queries"] = stored(queries);
    given["views.keys"] = stored(keys);
    given["learning_rate"] = {{1}, {float(kRate)}};
    given["block"] = {{1}, {bottleneck ? 1.0f : 0.0f}};
    QVERIFY(writeTensors(path("state.h5"), given));
    const QString script =
        QString::fromStdString((testing::sourceFolder() / "tests/benchmark/pretrain_step.py").string());
    QCOMPARE(QProcess::execute(python, {script, QString::fromStdString(path("state.h5").string()),
                                        QString::fromStdString(path("out.h5").string())}),
             0);
    const Result<TensorFile> peer = readTensors(path("out.h5"));
    QVERIFY(peer);
    double loss = 0;
    for (int64_t step = 0; step < kSteps; ++step) {
      loss = learner.step(queries[step], keys[step], kRate);
      QVERIFY(std::abs(loss - peer->at("losses").values[size_t(step)]) < 1e-4);
    }
    TensorFile after = joined(learner.state());
    std::erase_if(after, [](const auto& item) { return item.first.starts_with("velocity."); });
    const double difference = largestDifference(after, *peer);
    qInfo("after 20 steps: largest difference %.2g of a tensor's largest value, loss %.4f", difference, loss);
    QVERIFY(difference < 1e-4);
    QVERIFY(largestDifference(after, before) > 0.01);
  }

  void normAndRectificationAtOnceEqualLibTorchs_data() {
    QTest::addColumn<int>("channels");
    QTest::addColumn<bool>("adds");
    for (const int channels : {5, 16, 300})  // less and more than a loop takes at once, and no divisor of it
      for (const bool adds : {false, true})
        QTest::addRow("%d channels%s", channels, adds ? ", added to" : "") << channels << adds;
  }
  void normAndRectificationAtOnceEqualLibTorchs() {
    QFETCH(int, channels);
    QFETCH(bool, adds);
    torch::manual_seed(11);
    NormedConvolution layer{torch::nn::Conv2d(torch::nn::Conv2dOptions(channels, channels, 1).bias(false)),
                            torch::nn::BatchNorm2d(channels)};
    const auto drawn = [&] {
      return (torch::randn({3, channels, 7, 7}) + 3).contiguous(torch::MemoryFormat::ChannelsLast);
    };
    const torch::Tensor x = drawn(), added = adds ? drawn() - 3 : torch::Tensor(),
                        wanted = torch::randn_like(x);
    layer.convolution->weight.set_data(layer.convolution->weight.data() * 3 +
                                       torch::eye(channels).view({channels, channels, 1, 1}));
    layer.norm->weight.set_data(torch::randn({channels}));
    layer.norm->bias.set_data(torch::randn({channels}));
    const auto computed = [&](int threads) {  // by ourselves only where LibTorch takes one
      torch::set_num_threads(threads);
      layer.norm->reset_running_stats();
      std::vector<torch::Tensor> inputs{layer.convolution->weight, layer.norm->weight, layer.norm->bias,
                                        x.detach().requires_grad_()};
      if (adds) inputs.push_back(added.detach().requires_grad_());
      const torch::Tensor y = layer.rectified(inputs[3], adds ? inputs[4] : torch::Tensor());
      std::vector<torch::Tensor> all = torch::autograd::grad({y}, inputs, {wanted});
      const torch::NoGradGuard noGrad;
      for (const torch::Tensor& one : {y, layer.norm->running_mean, layer.norm->running_var})
        all.push_back(one.clone());
      all.push_back(layer.rectified(x, added));
      return all;
    };
    const std::vector<torch::Tensor> theirs = computed(2), ours = computed(1);
    for (size_t i = 0; i < ours.size(); ++i) QVERIFY(largestDifference(ours[i], theirs[i]) < 2e-5);
    QVERIFY((ours[0] != theirs[0]).any().item<bool>());  // it was another computation
  }

  void aStateTakenUpGoesOnToTheSameBytes() {
    ContrastLearner one = learnerWithFullBank(false);
    torch::manual_seed(8);
    const torch::Tensor queries = torch::randn({4, kBatch, 3, kSide, kSide});
    const torch::Tensor keys = queries + torch::randn_like(queries);
    for (int64_t step = 0; step < 2; ++step) one.step(queries[step], keys[step], kRate);
    ContrastLearner other(shapeOf(false), kSettings, {0, 1, torch::kCPU}, 99);
    QVERIFY(other.setState(one.state()));
    for (int64_t step = 2; step < 4; ++step)
      QCOMPARE(other.step(queries[step], keys[step], kRate), one.step(queries[step], keys[step], kRate));
    QCOMPARE(largestDifference(joined(other.state()), joined(one.state())), 0.0);
  }
  void inPartsTheStepIsTheSameWithAnyNumberOfThreads() {
    torch::manual_seed(9);
    const torch::Tensor queries = torch::randn({kBatch, 3, kSide, kSide});
    const torch::Tensor keys = queries + torch::randn_like(queries);
    std::vector<TensorFile> after;
    for (const int threads : {1, 3}) {
      ContrastLearner learner = learnerWithFullBank(false, {5, threads, torch::kCPU});  // 5, 5 and 2 tiles
      for (int step = 0; step < 3; ++step) learner.step(queries, keys, kRate);
      after.push_back(joined(learner.state()));
    }
    QCOMPARE(largestDifference(after[0], after[1]), 0.0);
  }
  void aFoldedEncoderIsTrainedOnFromWhatItComputed() {
    torch::manual_seed(10);
    ResNetShape folded = shapeOf(true);
    folded.folded = true;
    ResNetModule given(folded);
    const torch::Tensor tiles = torch::randn({kBatch, 3, kSide, kSide});
    ContrastLearner learner = learnerWithFullBank(true);
    QVERIFY(learner.startWith(tensorsOf(given), tiles));
    const torch::NoGradGuard noGrad;
    QVERIFY(largestDifference(learner.encoder().forward(tiles), given.forward(tiles)) < 1e-4);
    QVERIFY(largestDifference(learner.features(tiles), given.forward(tiles)) < 1e-2);  // by 1 / N of variance
    const Result<void> other = learner.startWith(tensorsOf(ResNetModule(shapeOf(false))), tiles);
    QVERIFY(!other);
  }
  void aStateOfAnotherShapeIsRefused() {
    ContrastLearner other(shapeOf(true), kSettings, {}, 1);
    const Result<void> set = other.setState(learnerWithFullBank(false).state());
    QVERIFY(!set);
    QVERIFY(set.error().sentence.find("tensor") != std::string::npos);
  }
  void aStepThatIsStoppedChangesNothing() {
    ContrastLearner learner = learnerWithFullBank(false);
    const TensorFile before = joined(learner.state());
    const torch::Tensor views = torch::randn({kBatch, 3, kSide, kSide});
    for (int stopAt = 0; stopAt < 10; ++stopAt) {  // 3 blocks: queries, keys, backwards; before SGD
      int calls = 0;
      const auto between = [&] {
        if (calls++ == stopAt) throw std::runtime_error("stopped");
      };
      QVERIFY_THROWS_EXCEPTION(std::exception, learner.step(views, views, kRate, between));
      QCOMPARE(largestDifference(joined(learner.state()), before), 0.0);
    }
  }
};

}  // namespace geneglass::contrast_step_test

GENEGLASS_TEST(geneglass::contrast_step_test::ContrastStepTest)
#include "contrast_step_test.moc"
