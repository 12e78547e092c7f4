// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/request_option.h"

#include <QtTest>

#include "tests/support/test_program.h"
#include "viewer/foundation/files/named_rows.h"

namespace geneglass::request_option_test {
namespace {

using Words = std::vector<std::string>;

enum class Colour { Red, Green, Blue };

struct Asked {
  std::string name;
  int count = 5;
  uint64_t seed = 1;
  double rate = 0.1;
  std::optional<double> mpp;
  Words genes;
  std::vector<std::filesystem::path> files;
  Colour colour = Colour::Red;
};

std::vector<RequestOption> optionsOf(Asked& asked) {
  return {
      requestOption("FILE", asked.files, "").required(),
      requestOption("--name", asked.name, ""),
      requestOption("--count", asked.count, ""),
      requestOption("--seed", asked.seed, ""),
      requestOption("--rate", asked.rate, ""),
      requestOption("--mpp", asked.mpp, ""),
      requestOption("--genes", asked.genes, ""),
      requestChoice<Colour>("--colour", asked.colour, {{"red", Colour::Red}, {"green", Colour::Green}}, "")};
}

Words wordsOf(Asked asked) {
  Asked plain;
  return wordsBeside(optionsOf(plain), optionsOf(asked));
}

bool take(Asked& asked, const std::string& name, const Words& words) {
  for (const RequestOption& option : optionsOf(asked))
    if (option.name == name) return option.take(words);
  qFatal("no option %s", name.c_str());
}

}  // namespace

/// Options as rows: their words both ways.
class RequestOptionTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void onlyWhatDiffersIsSaid() {
    QCOMPARE(wordsOf({}), Words{});
    Asked asked;
    asked.files = {"a b.csv", "c"};
    asked.count = 6;
    asked.rate = 1e-9;
    asked.mpp = 0.25;
    asked.genes = {"MUC2", "CDX2"};
    asked.colour = Colour::Green;
    QCOMPARE(wordsOf(asked), (Words{"a b.csv", "c", "--count", "6", "--rate", "1e-09", "--mpp", "0.25",
                                    "--genes", "MUC2,CDX2", "--colour", "green"}));
  }

  void whatIsAlwaysSaidIsSaidThoughItIsThePlainValue() {
    std::string label = "tumour";
    const std::vector<RequestOption> same{requestOption("--label", label, "")};
    QCOMPARE(wordsBeside(same, same), Words{});
    const std::vector<RequestOption> always{requestOption("--label", label, "").alwaysSaid(true)};
    QCOMPARE(wordsBeside(same, always), (Words{"--label", "tumour"}));
  }

  void aValueWithoutAWordIsNotSaid() {
    Asked asked;
    asked.colour = Colour::Blue;
    QCOMPARE(wordsOf(asked), Words{});
  }

  void wordsSetTheField() {
    Asked asked;
    QVERIFY(take(asked, "FILE", {"x", "y z"}) && take(asked, "--seed", {"18446744073709551615"}) &&
            take(asked, "--rate", {"2.5e-3"}) && take(asked, "--mpp", {"0.5"}) &&
            take(asked, "--genes", {"A,B", "C"}) && take(asked, "--colour", {"green"}));
    QCOMPARE(asked.files.size(), size_t(2));
    QCOMPARE(asked.seed, ~uint64_t{0});
    QCOMPARE(asked.rate, 2.5e-3);
    QCOMPARE(asked.mpp, std::optional(0.5));
    QCOMPARE(asked.genes, (Words{"A", "B", "C"}));
    QVERIFY(asked.colour == Colour::Green);
  }

  void wordsThatSayNoSuchValueAreRefusedAndLeaveTheField() {
    Asked asked;
    for (const char* word : {"", "x", "3.5", "7 ", " 7", "0x10", "99999999999", "+1"})
      QVERIFY2(!take(asked, "--count", {word}), word);
    for (const char* word : {"", "-1", "1e3"}) QVERIFY2(!take(asked, "--seed", {word}), word);
    for (const char* word : {"", "1,5", "1e999", "0.5um"}) QVERIFY2(!take(asked, "--rate", {word}), word);
    for (const char* word : {"", "half"}) QVERIFY2(!take(asked, "--mpp", {word}), word);
    for (const char* word : {"", "blue", "Red"}) QVERIFY2(!take(asked, "--colour", {word}), word);
    QCOMPARE(wordsOf(asked), Words{});
    QVERIFY(!asked.mpp);
  }

  void aRowThatIsNotThereIsRefusedWithAllThatAre() {
    struct Row {
      std::string name;
      int value = 0;
    };
    const std::vector<Row> rows{{"a", 1}, {"b", 2}, {"c", 3}};
    QCOMPARE(rowNamed(rows, "b", "letter")->value, 2);
    QCOMPARE(rowNamed(rows, "d", "letter").error().sentence,
             std::string("There is no letter 'd'; 'a', 'b' and 'c' are."));
    QCOMPARE(listed({}), std::string());
    QCOMPARE(listed({"a"}), std::string("'a'"));
  }
};

}  // namespace geneglass::request_option_test

GENEGLASS_TEST(geneglass::request_option_test::RequestOptionTest)
#include "request_option_test.moc"
