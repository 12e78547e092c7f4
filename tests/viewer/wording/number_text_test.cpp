// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/wording/number_text.h"

#include <QLocale>
#include <QtTest>
#include <limits>

#include "tests/support/test_program.h"

namespace geneglass::number_text_test {

class NumberTextTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() { QLocale::setDefault(QLocale::c()); }
  void numbersAreWrittenAsTheLanguageHasThem_data();
  void numbersAreWrittenAsTheLanguageHasThem();
  void noNumberOfThousandsLooksLikeADecimalOne();
  void filesHaveAPointWhateverTheLanguage();
};

void NumberTextTest::numbersAreWrittenAsTheLanguageHasThem_data() {
  QTest::addColumn<QString>("written");
  QTest::addColumn<QString>("english");
  QTest::addColumn<QString>("german");
  const auto row = [](const char* name, const auto& write, const QString& english, const QString& german) {
    for (const auto language : {QLocale::English, QLocale::German}) {
      QLocale::setDefault(QLocale(language));
      QTest::addRow("%s, %s", name, language == QLocale::English ? "English" : "German")
          << write() << (language == QLocale::English ? english : german) << QString();
    }
    QLocale::setDefault(QLocale::c());
  };
  row(
      "a correlation", [] { return numberText(0.7749, 2); }, QStringLiteral("0.77"), QStringLiteral("0,77"));
  row(
      "below zero", [] { return numberText(-8.657, 2); }, QStringLiteral("-8.66"), QStringLiteral("-8,66"));
  row(
      "four digits", [] { return numberText(1404, 0); }, QStringLiteral("1404"), QStringLiteral("1404"));
  row(
      "five digits", [] { return countText(13370); }, QStringLiteral("13\u202F370"),
      QStringLiteral("13\u202F370"));
  row(
      "millions with decimals", [] { return numberText(-1234567.26, 1); },
      QStringLiteral("-1\u202F234\u202F567.3"), QStringLiteral("-1\u202F234\u202F567,3"));
  row(
      "few digits", [] { return shortNumber(0.00012345, 3); }, QStringLiteral("0.000123"),
      QStringLiteral("0,000123"));
  row(
      "a share", [] { return percentText(0.9315, 1); }, QStringLiteral("93.2 %"), QStringLiteral("93,2 %"));
  row(
      "not known", [] { return numberText(std::numeric_limits<double>::quiet_NaN(), 2); },
      QStringLiteral("nan"), QStringLiteral("nan"));
  row(
      "bytes", [] { return bytesText(9126805504); }, QStringLiteral("8.50 GiB"), QStringLiteral("8,50 GiB"));
}

void NumberTextTest::numbersAreWrittenAsTheLanguageHasThem() {
  QFETCH(QString, written);
  QFETCH(QString, english);
  QCOMPARE(written.toLower(), english.toLower());
}

void NumberTextTest::noNumberOfThousandsLooksLikeADecimalOne() {
  for (const auto language : {QLocale::English, QLocale::German, QLocale::French}) {
    QLocale::setDefault(QLocale(language));
    for (const qint64 count : {999, 1000, 1404, 9999, 10000, 123456, 1234567}) {
      const QString text = countText(count);
      QVERIFY2(!text.contains(QLatin1Char('.')) && !text.contains(QLatin1Char(',')), qPrintable(text));
    }
  }
}

void NumberTextTest::filesHaveAPointWhateverTheLanguage() {
  QLocale::setDefault(QLocale(QLocale::German));
  {
    const FileNumbers files;
    QCOMPARE(numberText(13370.5, 1), QStringLiteral("13370.5"));
    QCOMPARE(shortNumber(0.25, 3), QStringLiteral("0.25"));
    { const FileNumbers again; }
    QCOMPARE(countText(13370), QStringLiteral("13370"));
  }
  QCOMPARE(numberText(0.5, 1), QStringLiteral("0,5"));
}

}  // namespace geneglass::number_text_test

GENEGLASS_TEST(geneglass::number_text_test::NumberTextTest)

#include "number_text_test.moc"
