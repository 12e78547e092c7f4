// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"
#include "tests/viewer/slide/channels/made_channels.h"

namespace geneglass::fluorescence_test {

using namespace geneglass::testing;

/// A fluorescence slide given to the commands, which learn from and predict of stained ones alone.
class FluorescenceTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;
  std::string m_slide;

  std::string refusal(const std::string& slide) const {
    return "'" + slide +
           "' is a fluorescence slide (2 channels): models read stained colour slides only, so nothing is "
           "predicted from it.";
  }

 private Q_SLOTS:
  void initTestCase() {
    m_folder.paint("slides", 6);
    m_slide = m_folder.slide("slides", 1);
    ChannelRecipe recipe{.width = 1024, .height = 1024, .directories = 2, .compression = COMPRESSION_LZW};
    recipe.descriptions = {omeXml(recipe, 2, "PhysicalSizeX=\"0.5\" PhysicalSizeY=\"0.5\"")};
    writeChannels(m_slide, recipe);
  }

  void predictRefusesItAndGoesOn() {
    const Ended one = call({"predict", m_slide, "--model", m_folder.model(), "--out", m_folder.path("one")});
    QCOMPARE(one.said, refusal(m_slide));
    QCOMPARE(one.status, 1);
    QCOMPARE(filesIn(m_folder.path("one")), std::string());
    const Ended two = call({"predict", m_slide, m_folder.slide("slides", 2), "--model", m_folder.model(),
                            "--out", m_folder.path("two"), "--json"});
    QCOMPARE(two.status, 1);
    QCOMPARE(jsonOf(two.output)["failed"][0]["reason"].get<std::string>(), refusal(m_slide));
    QCOMPARE(jsonOf(two.output)["predicted"].size(), size_t(1));
  }

  void extractRefusesIt() {
    GENEGLASS_REFUSED(
        (Words{"extract", m_slide, "--model", m_folder.model(), "--out", m_folder.path("bags")}),
        refusal(m_slide));
    QCOMPARE(filesIn(m_folder.path("bags")), std::string());
  }

  void trainRefusesACohortThatHoldsOneBeforeItBegins() {
    GENEGLASS_REFUSED((Words{"train", m_folder.path("slides/cohort.csv"), "--recipe", "geneglass", "--folds",
                             "3", "--encoder", m_folder.model(), "--out", m_folder.path("model")}),
                      refusal(m_slide));
    QVERIFY(!std::filesystem::exists(m_folder.path("model")));
  }
};

}  // namespace geneglass::fluorescence_test

GENEGLASS_TEST(geneglass::fluorescence_test::FluorescenceTest)
#include "fluorescence_test.moc"
