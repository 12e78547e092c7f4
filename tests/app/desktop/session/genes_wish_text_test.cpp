// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/genes_wish_text.h"

#include <QtTest>

#include "tests/support/window_test_program.h"

namespace geneglass::genes_wish_text_test {

class GenesWishTextTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aWishComesBackWithoutItsDeviations() {
    GenesWish mean{"My \"set\"", {{"CDX2", 2.5}, {"VIM", 0.5}}, {}};
    const auto read = genesWishOf(textOf(mean));
    for (GenesWish::Gene& gene : mean.genes) gene.deviation = 1;
    QVERIFY(read == mean);
    const GenesWish mix{"", {{"CDX2"}, {"VIM"}}, ColourMix::TwoWay};
    QVERIFY(genesWishOf(textOf(mix)) == mix);
    QVERIFY(!genesWishOf(textOf(std::optional<GenesWish>())));
  }

  void aTextThatIsNoneIsNoWish() {
    for (const char* text : {"", "null", "[]", "{", R"({"name":"a"})", R"({"name":"a","genes":[]})",
                             R"({"name":"a","genes":[1]})", R"({"name":"a","genes":["B"],"mix":9})",
                             R"({"name":"a","genes":["B"],"mix":1e300})"})
      QVERIFY2(!genesWishOf(text), text);
    const std::string nested(100000, '[');
    QVERIFY(!genesWishOf(R"({"name":"a","genes":["B"],"more":)" + nested + std::string(nested.size(), ']') +
                         "}"));
  }
};

}  // namespace geneglass::genes_wish_text_test

GENEGLASS_WINDOW_TEST(geneglass::genes_wish_text_test::GenesWishTextTest)
#include "genes_wish_text_test.moc"
