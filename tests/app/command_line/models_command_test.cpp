// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/command_line/command_folder.h"
#include "tests/inference/known_tissue.h"
#include "tests/support/test_program.h"

namespace geneglass::models_command_test {

using namespace geneglass::testing;

/// `geneglass-cli models`, called as a user calls it.
class ModelsCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  std::string model(const std::string& name, float limit) const {
    const std::string folder = m_folder.path(name);
    std::filesystem::copy(m_folder.model(), folder, std::filesystem::copy_options::recursive);
    knowingTissue(*openModelPackage(folder), limit);
    return folder;
  }
  std::string m_like, m_unlike;

 private Q_SLOTS:
  void initTestCase() {
    m_folder.paint("slides", 1);
    m_like = model("like", kAnyTissue);
    m_unlike = model("unlike", kNoTissue);
  }

  void withoutASlideTheInstalledModelsAreListed() {
    const Ended ended = call({"models"});
    QCOMPARE(ended.status, 0);
    for (const char* name : {"breast-her2st", "demonstration"})
      QVERIFY2(ended.output.find(name) != std::string::npos, ended.output.c_str());
    QVERIFY(ended.output.find("research use only") != std::string::npos);
  }

  void ofASlideTheModelThatLearntFromSuchTissueIsNamed() {
    const Ended ended =
        call({"models", m_folder.slide("slides", 1), "--model", m_unlike, "--model", m_like, "--json"});
    QVERIFY2(ended.status == 0, ended.said.c_str());
    const nlohmann::json compared = nlohmann::json::parse(ended.output);
    QCOMPARE(keysOf(compared), std::string("models suited"));
    QCOMPARE(compared["suited"].get<std::string>(), m_like);
    QCOMPARE(compared["models"].size(), size_t(2));
    QCOMPARE(keysOf(compared["models"][0]),
             std::string("model name outside p share_outside tiles training_slides"));
    QCOMPARE(compared["models"][0]["model"].get<std::string>(), m_like);
    QCOMPARE(compared["models"][1]["share_outside"].get<double>(), 1.0);
  }

  void whereNoneDidNoneIsNamed() {
    const Ended text = call({"models", m_folder.slide("slides", 1), "--model", m_unlike});
    QCOMPARE(text.status, 0);
    QVERIFY2(text.output.ends_with("No model learnt from tissue like this slide's.\n"), text.output.c_str());
    const Ended json = call({"models", m_folder.slide("slides", 1), "--model", m_unlike, "--json"});
    QVERIFY(nlohmann::json::parse(json.output)["suited"].is_null());
  }

  void whatCannotBeComparedIsOneSentence() {
    const std::string absent = m_folder.path("absent.tif");
    GENEGLASS_REFUSED(Words({"models", absent}), "Cannot open '" + absent + "': there is no such file.");
    const Ended broken = call({"models", m_folder.slide("slides", 1), "--model", m_folder.path("absent")});
    QCOMPARE(broken.status, 1);
    QVERIFY2(broken.said.find(m_folder.path("absent")) != std::string::npos, broken.said.c_str());
    QCOMPARE(call({"models", "--json"}).status, 2);
  }
};

}  // namespace geneglass::models_command_test

GENEGLASS_TEST(geneglass::models_command_test::ModelsCommandTest)
#include "models_command_test.moc"
