// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/channel_settings.h"

#include <QTest>

#include "tests/support/test_program.h"

namespace geneglass::channel_settings_test {

class ChannelSettingsTest final : public QObject {
  Q_OBJECT

  static std::vector<Channel> two() {
    return {{"DAPI", 0x0000ff, 0, 400, 0, 4095, "12-bit counts", 10, true},
            {"CD8 \xb5", 0xff0000, 0, 800, 0, 4095, "12-bit counts", 20, true}};
  }

 private Q_SLOTS:
  void whatIsKeptComesBackToTheLastBit() {
    std::vector<Channel> shown = two();
    shown[0].name = "DAPI";
    shown[0].shown = false;
    shown[1].name = "CD8";
    shown[1].colour = 0x123456;
    shown[1].low = 1.0 / 3;
    shown[1].high = 1e17 / 3;
    std::vector<Channel> opened = two();
    opened[1].name = "CD8";
    QCOMPARE(channelsAs(textOf(shown), opened), shown);
  }

  void whatIsOfOtherChannelsChangesNothing() {
    std::vector<Channel> opened = two();
    opened[1].name = "CD8";
    const std::string text = textOf(opened);
    std::vector<Channel> other = opened;
    other[1].name = "CD4";
    other[0].shown = false;
    QCOMPARE(channelsAs(text, other), other);
    other.pop_back();
    QCOMPARE(channelsAs(text, other), other);
    QCOMPARE(channelsAs(text, {}), std::vector<Channel>());
  }

  void whatCannotBeChangesNothing() {
    const std::vector<Channel> opened{two()[0]};
    for (const char* text : {"", "no list", "{}", "[1]", R"([{"name":"DAPI"}])",
                             R"([{"name":"DAPI","shown":true,"colour":16777216,"low":0,"high":1}])",
                             R"([{"name":"DAPI","shown":true,"colour":1,"low":2,"high":2}])",
                             R"([{"name":"DAPI","shown":"yes","colour":1,"low":0,"high":2}])",
                             R"([{"name":"DAPI","shown":true,"colour":1,"low":null,"high":2}])"})
      QCOMPARE(channelsAs(text, opened), opened);
  }
};

}  // namespace geneglass::channel_settings_test

GENEGLASS_TEST(geneglass::channel_settings_test::ChannelSettingsTest)
#include "channel_settings_test.moc"
