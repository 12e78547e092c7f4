// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/feature_domain.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>
#include <limits>

#include "inference/head/domain_head.h"
#include "inference/predict_slide.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_program.h"

namespace geneglass::feature_domain_test {

using namespace geneglass::testing;

namespace {

/// Of six features, as madeModel() has them: covariance 1, mean 0.
FeatureDomain madeDomain(float limit = 5) {
  FeatureDomain domain;
  domain.mean.assign(6, 0);
  for (size_t row = 0; row < 6; ++row)
    for (size_t column = 0; column <= row; ++column) domain.whitening.push_back(row == column ? 1 : 0);
  domain.limit = limit;
  domain.heldOutShares = {0, 0.01F, 0.02F};
  domain.tiles = 300;
  return domain;
}

}  // namespace

class FeatureDomainTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const std::string& name) const {
    return m_folder.path().toStdString() + "/" + name;
  }

  /// madeModel() that knows its tissue.
  ModelPackage modelWith(const std::string& name, const FeatureDomain& domain) const {
    ModelPackage package = madeModel(path(name));
    if (!writeDomain(package.folder / kDomainFile, domain)) throw std::runtime_error("domain.h5");
    package.domain = domain.facts();
    const Result<ModelPackage> written = writeManifest(package);
    if (!written) throw std::runtime_error(written.error().sentence);
    return *written;
  }

  std::string refusalOf(const std::function<void(FeatureDomain&)>& change, int width = 6) const {
    FeatureDomain domain = madeDomain();
    change(domain);
    if (!writeDomain(path("d.h5"), domain)) return "not written";
    const Result<FeatureDomain> read = readDomain(path("d.h5"), width);
    return read ? "read" : read.error().sentence;
  }

 private Q_SLOTS:
  void itComesBackAsItWasWritten() {
    QVERIFY(writeDomain(path("same.h5"), madeDomain(7.25F)));
    const Result<FeatureDomain> read = readDomain(path("same.h5"), 6);
    QVERIFY2(read, read ? "" : read.error().sentence.c_str());
    QCOMPARE(read->mean, madeDomain().mean);
    QCOMPARE(read->whitening, madeDomain().whitening);
    QCOMPARE(read->limit, 7.25F);
    QCOMPARE(read->heldOutShares, madeDomain().heldOutShares);
    QCOMPARE(read->tiles, 300);
  }

  void whatCannotBeIsRefusedByName() {
    const std::string file = "Cannot use '" + path("d.h5").string() + "': ";
    QCOMPARE(refusalOf([](FeatureDomain& domain) { domain.limit = 0; }), file + "its limit is not above 0.");
    QCOMPARE(refusalOf([](FeatureDomain& domain) { domain.limit = std::numeric_limits<float>::quiet_NaN(); }),
             file + "its limit is not above 0.");
    QCOMPARE(
        refusalOf([](FeatureDomain& domain) { domain.mean[2] = std::numeric_limits<float>::infinity(); }),
        file + "it holds a number that is not finite.");
    QCOMPARE(refusalOf([](FeatureDomain& domain) { domain.heldOutShares[2] = 1.5F; }),
             file + "a share of tiles is not between 0 and 1.");
    QCOMPARE(refusalOf([](FeatureDomain& domain) {
               domain.heldOutShares = {0.5F, 0.1F};
             }),
             file + "its shares of tiles must not fall.");
    QCOMPARE(refusalOf([](FeatureDomain& domain) { domain.whitening.pop_back(); }),
             file + "the tensor 'whitening' has the shape [20] where [21] is needed.");
    QCOMPARE(refusalOf([](FeatureDomain&) {}, 7),
             file + "the tensor 'mean' has the shape [6] where [7] is needed.");
  }

  void aPackageWithoutItOpensAndKnowsNothingOfItsTissue() {
    const Result<ModelPackage> package = openModelPackage(madeModel(path("old")).folder);
    QVERIFY(package && !package->domain);
    const auto prediction = predictSlide(openPainted({800, 600}, 0.5, tissue), *package, {}, {}, {});
    QVERIFY2(prediction, prediction ? "" : prediction.error().sentence.c_str());
    QVERIFY(!prediction->domain && !prediction->withheld);
  }

  void aPackageWithItSaysSoAndHasAnotherHash() {
    const ModelPackage package = modelWith("with", madeDomain());
    QVERIFY(package.domain);
    QCOMPARE(package.domain->slides, 3);
    QCOMPARE(package.domain->tiles, 300);
    QVERIFY(package.hash != madeModel(path("without")).hash);
    QCOMPARE(package.encoderHash, madeModel(path("encoder")).encoderHash);  // kept features stay good
  }

  void aChangedOrMissingFileIsRefused() {
    const ModelPackage package = modelWith("changed", madeDomain());
    QVERIFY(writeDomain(package.folder / kDomainFile, madeDomain(6)));
    const std::string why =
        "Cannot use the model package '" + package.folder.string() + "': its file 'domain.h5' is ";
    QCOMPARE(openModelPackage(package.folder).error().sentence,
             why + "not the one the manifest was written for.");
    std::filesystem::remove(package.folder / kDomainFile);
    QCOMPARE(openModelPackage(package.folder).error().sentence, why + "missing or not readable.");
  }

  void everyTileOfAPredictionHasItsDistanceOverTheLimit() {
    const auto opened = openPainted({800, 600}, 0.5, tissue);
    const auto bag = extractFeatures(opened, modelWith("near", madeDomain(1e6F)), {}, {}, {});
    QVERIFY(bag);
    for (const float limit : {1e6F, 1e-6F}) {
      const auto prediction =
          predictSlide(opened, modelWith(limit > 1 ? "all in" : "all out", madeDomain(limit)), {}, {}, {});
      QVERIFY2(prediction, prediction ? "" : prediction.error().sentence.c_str());
      QVERIFY(prediction->domain);
      QCOMPARE(prediction->domain->distance.size(), prediction->grid.count());
      for (size_t tile = 0; tile < prediction->grid.count(); ++tile) {
        double square = 0;
        for (const float value : bag->bag.features.row(tile)) square += double(value) * value;
        const double ratio = prediction->domain->distance[tile] * limit / square;
        QVERIFY2(std::abs(ratio - 1) < 1e-4, qPrintable(QString::number(ratio)));
      }
      QCOMPARE(prediction->domain->outside, limit < 1);
      QCOMPARE(prediction->domain->shareOutside, limit < 1 ? 1.0 : 0.0);
    }
  }

  void featuresOfAnotherWidthAreRefused() {
    QCOMPARE(DomainHead(madeDomain()).distances(Matrix(3, 5)).error().sentence,
             std::string("The training tissue is described by 6 features a tile, these are 5."));
  }
};

}  // namespace geneglass::feature_domain_test

GENEGLASS_TEST(geneglass::feature_domain_test::FeatureDomainTest)
#include "feature_domain_test.moc"
