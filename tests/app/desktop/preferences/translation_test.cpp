// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDialogButtonBox>
#include <QFile>
#include <QLocale>
#include <QPushButton>
#include <QRegularExpression>
#include <QSet>
#include <QXmlStreamReader>
#include <QtTest>
#include <filesystem>

#include "app/desktop/help/action_list.h"
#include "app/desktop/help/glossary.h"
#include "app/desktop/preferences/language.h"
#include "tests/support/test_files.h"
#include "tests/support/window_test_program.h"

namespace geneglass::translation_test {
namespace {

struct Text {
  QString context, source;
  QStringList german;  ///< more than one where a number decides
  bool unfinished = false;
};

QList<Text> readCatalogue(QIODevice& file) {
  QList<Text> texts;
  QString context;
  QXmlStreamReader xml(&file);
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    if (xml.name() == QStringLiteral("name")) context = xml.readElementText();
    if (xml.name() == QStringLiteral("source")) texts << Text{context, xml.readElementText(), {}, false};
    if (xml.name() == QStringLiteral("translation")) {
      texts.back().unfinished =
          xml.attributes().value(QStringLiteral("type")) == QStringLiteral("unfinished");
      const QString whole = xml.readElementText(QXmlStreamReader::IncludeChildElements);
      texts.back().german = {whole};
    }
  }
  return texts;
}

/// "%1 %2 %n", each once, sorted.
QString placesOf(const QString& text) {
  static const QRegularExpression kPlace(QStringLiteral("%(n|L?[0-9]+)"));
  QStringList places;
  for (auto match = kPlace.globalMatch(text); match.hasNext();) places << match.next().captured();
  places.removeDuplicates();
  places.sort();
  return places.join(QLatin1Char(' '));
}

bool hasMnemonic(const QString& text) {
  static const QRegularExpression kMnemonic(QStringLiteral("&[^&\\s;]"));
  return kMnemonic.match(text).hasMatch() && !text.contains(QLatin1Char('<')) &&
         !text.contains(QStringLiteral(" & "));
}

QString edgesOf(const QString& text) {
  return QStringLiteral("%1 %2").arg(text.startsWith(QLatin1Char(' '))).arg(text.endsWith(QLatin1Char(' ')));
}

/// What a source says through tr() or one of its like: words() is the project's name for a translate() with a
/// context.
QStringList textsIn(const QString& source) {
  static const QRegularExpression kCall(
      QStringLiteral("\\b(?:words|tr|QT_TR_NOOP|translate\\(\\s*\"[\\w:]+\",)\\(?\\s*((?:\"(?:[^\"\\\\\\n]|"
                     "\\\\.)*\"\\s*)+)"));
  static const QRegularExpression kPiece(QStringLiteral("\"((?:[^\"\\\\\\n]|\\\\.)*)\""));
  QStringList texts;
  for (auto call = kCall.globalMatch(source); call.hasNext();) {
    QString text;
    for (auto piece = kPiece.globalMatch(call.next().captured(1)); piece.hasNext();)
      text += piece.next().captured(1);
    text.replace(QStringLiteral("\\n"), QStringLiteral("\n"))
        .replace(QStringLiteral("\\t"), QStringLiteral("\t"));
    texts << text.replace(QStringLiteral("\\\""), QStringLiteral("\""));
  }
  return texts;
}

}  // namespace

class TranslationTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void everyTextOfTheSourcesIsInTheCatalogue();
  void everyTextIsTranslated();
  void placesAndMnemonicsAgree();
  void theProgramSpeaksGermanAndWritesNumbersSo();
  void qtsOwnButtonsSpeakGerman();
  void everyWordOfTheGlossaryIsExplainedInGerman();
  void englishIsLeftAsItIs();

 private:
  QList<Text> m_texts;
};

void TranslationTest::initTestCase() {
  const auto path = testing::sourceFolder() / "resources/translations/geneglass_de.ts";
  QFile file(QString::fromStdString(path.string()));
  QVERIFY(file.open(QIODevice::ReadOnly));
  m_texts = readCatalogue(file);
  QVERIFY2(m_texts.size() > 1000, "the catalogue has all texts");
}

void TranslationTest::everyTextOfTheSourcesIsInTheCatalogue() {
  QSet<QString> known;
  for (const Text& text : m_texts) known.insert(text.source);
  QStringList missing;
  int found = 0;
  for (const char* room : {"app/desktop", "viewer/canvas", "viewer/wording", "overlays"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(testing::sourceFolder() / room)) {
      const std::filesystem::path& path = entry.path();
      const bool isExample = path.string().find("/sdk/example/") != std::string::npos;
      if ((path.extension() != ".cpp" && path.extension() != ".h") || isExample) continue;
      QFile file(QString::fromStdString(path.string()));
      QVERIFY(file.open(QIODevice::ReadOnly));
      for (const QString& text : textsIn(QString::fromUtf8(file.readAll()))) {
        ++found;
        if (!text.isEmpty() && !known.contains(text))
          missing << file.fileName() + QStringLiteral(": ") + text;
      }
    }
  for (const QString& text : missing) qWarning("%s", qPrintable(text));
  QCOMPARE(missing.size(), 0);
  QVERIFY2(found > 1000, qPrintable(QString::number(found)));
}

void TranslationTest::everyTextIsTranslated() {
  QStringList missing;
  for (const Text& text : m_texts)
    if (text.unfinished || text.german.join(QString()).trimmed().isEmpty() != text.source.trimmed().isEmpty())
      missing << text.context + QStringLiteral(": ") + text.source;
  for (const QString& text : missing) qWarning("%s", qPrintable(text));
  QCOMPARE(missing.size(), 0);
}

void TranslationTest::placesAndMnemonicsAgree() {
  QStringList wrong;
  for (const Text& text : m_texts) {
    const QString german = text.german.join(QLatin1Char(' '));
    if (placesOf(text.source) != placesOf(german)) wrong << QStringLiteral("places: ") + text.source;
    if (hasMnemonic(text.source) != hasMnemonic(german)) wrong << QStringLiteral("mnemonic: ") + text.source;
    if (edgesOf(text.source) != edgesOf(german) && !text.source.contains(QStringLiteral("%n")))
      wrong << QStringLiteral("spaces at the ends: ") + text.source;
    if (text.source.contains(QLatin1Char('\t')) != german.contains(QLatin1Char('\t')))
      wrong << QStringLiteral("key: ") + text.source;
  }
  for (const QString& text : wrong) qWarning("%s", qPrintable(text));
  QCOMPARE(wrong.size(), 0);
}

void TranslationTest::theProgramSpeaksGermanAndWritesNumbersSo() {
  const SpokenLanguage german(Language::German, QLocale::c());
  QCOMPARE(QCoreApplication::translate("geneglass", "&File"), QStringLiteral("&Datei"));
  QCOMPARE(QCoreApplication::translate("geneglass::GeneTable", "Percentile"), QStringLiteral("Perzentil"));
  QCOMPARE(QCoreApplication::translate("geneglass::AnnotationPanel", "%n annotation(s)", nullptr, 1),
           QStringLiteral("1 Annotation"));
  QCOMPARE(QCoreApplication::translate("geneglass::AnnotationPanel", "%n annotation(s)", nullptr, 7),
           QStringLiteral("7 Annotationen"));
  QCOMPARE(QLocale().toString(0.77, 'f', 2), QStringLiteral("0,77"));
}

void TranslationTest::qtsOwnButtonsSpeakGerman() {
  const SpokenLanguage german(Language::German, QLocale::c());
  if (!german.hasQtsOwn()) QSKIP("Qt's own texts (qt6-translations-l10n) are not installed");
  const QDialogButtonBox box(QDialogButtonBox::Cancel);
  QCOMPARE(box.button(QDialogButtonBox::Cancel)->text().remove(QLatin1Char('&')),
           QStringLiteral("Abbrechen"));
}

void TranslationTest::everyWordOfTheGlossaryIsExplainedInGerman() {
  const SpokenLanguage german(Language::German, QLocale::c());
  for (const Word& word : glossary()) {
    const QString id = QLatin1String(word.id);
    QVERIFY2(meaningOf(id) != QString::fromUtf8(word.meaning), word.id);
  }
  QCOMPARE(overlayTitle(QStringLiteral("attention"), QStringLiteral("Attention")),
           QStringLiteral("Aufmerksamkeit"));
  QCOMPARE(overlayTitle(QStringLiteral("of-a-guest"), QStringLiteral("A guest's")),
           QStringLiteral("A guest's"));
  for (const auto& [keys, what] : canvasKeys()) QVERIFY(!what.isEmpty());
}

void TranslationTest::englishIsLeftAsItIs() {
  const SpokenLanguage english(Language::English, QLocale(QStringLiteral("de_DE")));
  QCOMPARE(QCoreApplication::translate("geneglass", "&File"), QStringLiteral("&File"));
  QCOMPARE(QLocale().toString(0.77, 'f', 2), QStringLiteral("0.77"));
}

}  // namespace geneglass::translation_test

GENEGLASS_WINDOW_TEST(geneglass::translation_test::TranslationTest)

#include "translation_test.moc"
