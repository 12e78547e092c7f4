// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/feature_domain.h"
#include "inference/package/model_package.h"
#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::domain_command_test {

using namespace geneglass::testing;

/// `geneglass-cli domain`, and what `predict` says of slides of another kind, called as a user calls them.
class DomainCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  /// Makes all tissue foreign: no tile lies within the limit.
  void makeNarrow(const std::string& model) const {
    const auto package = openModelPackage(model);
    auto domain = readDomain(package->folder / kDomainFile, package->encoder.width);
    domain->limit = 1e-9F;
    QVERIFY(writeDomain(package->folder / kDomainFile, *domain) && writeManifest(*package));
  }
  Words predict(const std::string& out, const Words& more = {}) const {
    return Words{"predict", m_folder.slide("slides", 1), "--model", m_folder.model(),
                 "--out",   m_folder.path(out)} +
           more;
  }
  nlohmann::json predicted(const std::string& out) const {
    return jsonOfFile(m_folder.path(out) + "/synthetic-1-0001.prediction.json");
  }

 private Q_SLOTS:
  void initTestCase() { m_folder.paint("slides", 4); }

  void aModelThatDoesNotKnowItsTissueSaysNothingOfIt() {
    QCOMPARE(call(predict("unknown", {"--json"})).status, 0);
    QVERIFY(predicted("unknown").contains("domain") && predicted("unknown")["domain"].is_null());
  }

  void twoPatientsAreTooFew() {
    const std::string model = m_folder.model(), before = bytesOfFile(model + "/manifest.json");
    GENEGLASS_REFUSED(Words({"domain", model}) + m_folder.slides("slides", 2),
                      "Cannot describe the tissue that '" + model +
                          "' learnt from: slides of 2 patients are too few, it takes 3.");
    QCOMPARE(bytesOfFile(model + "/manifest.json"), before);
  }

  void slidesOfOnePatientCountOnce() {
    const std::string cohort = m_folder.write("slides/one.csv",
                                              "slide,case,split\nsynthetic-1-0001.tif,a,train\n"
                                              "synthetic-1-0002.tif,a,train\nsynthetic-1-0003.tif,a,train\n"
                                              "synthetic-1-0004.tif,b,test\n");
    GENEGLASS_REFUSED(Words({"domain", m_folder.model(), cohort}),
                      "Cannot describe the tissue that '" + m_folder.model() +
                          "' learnt from: slides of 1 patients are too few, it takes 3.");
  }

  void whatItFindsIsKeptInThePackage() {
    const std::string model = m_folder.model();
    const Ended ended = call(Words({"domain", model, m_folder.path("slides/cohort.csv")}));
    QVERIFY2(ended.status == 0, ended.said.c_str());
    QVERIFY2(
        ended.output.find("and by 4 slides held out in turn.\n" + model + " written, ") != std::string::npos,
        ended.output.c_str());
    QCOMPARE(filesIn(model), std::string("domain.h5 encoder.h5 head.h5 manifest.json"));
    QCOMPARE(call(predict("inside", {"--json"})).status, 0);
    const nlohmann::json domain = predicted("inside")["domain"];
    QCOMPARE(keysOf(domain), std::string("outside p share_outside training_slides withheld"));
    QCOMPARE(domain["outside"].get<bool>(), false);
    QCOMPARE(domain["training_slides"].get<int>(), 4);
    QVERIFY(predicted("inside")["genes"][0]["percentile"].is_number());
  }

  void ofAnotherKindOfTissueNothingIsSaidBeforeThat() {
    makeNarrow(m_folder.model());
    const Ended ended = call(predict("outside"));
    QCOMPARE(ended.status, 0);
    const std::string line =
        m_folder.path("outside") +
        "/synthetic-1-0001.prediction.json: This tissue is unlike what the model learnt from "
        "(100 % of tiles outside): its calls, percentiles and hotspots are withheld. ";
    QVERIFY2(ended.output.find("\n" + line) != std::string::npos, ended.output.c_str());
    QVERIFY2(ended.output.find("hotspots in") == std::string::npos, ended.output.c_str());
    const nlohmann::json said = predicted("outside");
    QCOMPARE(said["domain"]["outside"].get<bool>(), true);
    QCOMPARE(said["domain"]["withheld"].get<bool>(), true);
    QVERIFY(said["hotspots"].empty() && said["genes"][0]["percentile"].is_null());
  }

  void askedForItIsShownAndStaysMarked() {
    const Ended ended = call(predict("asked", {"--outside"}));
    QCOMPARE(ended.status, 0);
    QVERIFY2(
        ended.output.find("outside): what is predicted of it is not to be relied on. ") != std::string::npos,
        ended.output.c_str());
    const nlohmann::json said = predicted("asked");
    QCOMPARE(said["domain"]["outside"].get<bool>(), true);
    QCOMPARE(said["domain"]["withheld"].get<bool>(), false);
    QVERIFY(said["genes"][0]["percentile"].is_number());
  }

  void whatIsNoModelIsRefused() {
    GENEGLASS_REFUSED(Words({"domain", "/nowhere"}) + m_folder.slides("slides", 3),
                      "Cannot use the model package '/nowhere': there is no readable manifest.json in it.");
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    for (const char* words : {"domain model", "domain model a.svs --folds 1"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::domain_command_test

GENEGLASS_TEST(geneglass::domain_command_test::DomainCommandTest)
#include "domain_command_test.moc"
