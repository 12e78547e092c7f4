// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <random>
#include <set>

#include "app/command_line/declare_options.h"
#include "app/desktop/training/pretrain_dialog.h"
#include "app/desktop/training/pretrain_plan.h"
#include "app/desktop/training/training_dialog.h"
#include "app/desktop/training/training_plan.h"
#include "tests/support/window_test_program.h"

namespace geneglass::dialog_words_test {
namespace {

/// What a command makes of the words that start it; none where it refuses them.
template <typename Request>
std::optional<Request> parsed(const QStringList& arguments) {
  Request request;
  CLI::App command;
  declareOptions(command, optionsOf(request));
  std::vector<std::string> reversed;  // as CLI11 takes them
  for (qsizetype i = arguments.size() - 1; i > 0; --i) reversed.push_back(arguments[i].toStdString());
  try {
    command.parse(reversed);
  } catch (const CLI::ParseError& wrong) {
    qWarning("%s", wrong.what());
    return {};
  }
  return request;
}

/// A word that the option takes, other than its default.
std::string sampleOf(const RequestOption& option) {
  if (!option.choices.empty()) return option.choices.back();
  if (option.range) return std::to_string(int(option.range->second));
  return option.takes == RequestOption::Takes::Text ? "a b" : "7";
}

/// Every option by itself, with those it needs, is what the command reads of its words.
template <typename Request>
void readEachBack() {
  const size_t count = [] {
    Request none;
    return optionsOf(none).size();
  }();
  for (size_t i = 0; i < count; ++i) {
    Request asked;
    const std::vector<RequestOption> options = optionsOf(asked);
    for (const RequestOption& other : options)
      if (other.isRequired || (!other.needs.empty() && !options[i].needs.empty()))
        QVERIFY2(other.take({sampleOf(other)}), other.name.c_str());
    QVERIFY2(options[i].take({sampleOf(options[i])}), options[i].name.c_str());
    QVERIFY2(!(asked == Request()), options[i].name.c_str());
    const std::vector<std::string> words = wordsOf(asked);
    QVERIFY2(std::ranges::count(words, options[i].name) || options[i].isRequired, options[i].name.c_str());
    const auto read = parsed<Request>(callOf("command", words));
    QVERIFY2(read && *read == asked, options[i].name.c_str());
  }
}

/// Enters something in every field.
void enterAnything(QWidget& window, std::mt19937& random) {
  static const QStringList texts{{},
                                 QStringLiteral("/data/a b.csv"),
                                 QStringLiteral("folder/"),
                                 QStringLiteral("-x"),
                                 QStringLiteral("--out"),
                                 QStringLiteral("[a,b]"),
                                 QStringLiteral("/\u00b5/c=d.csv")};
  const auto below = [&](int count) { return int(random() % unsigned(std::max(count, 1))); };
  for (QComboBox* box : window.findChildren<QComboBox*>()) box->setCurrentIndex(below(box->count()));
  for (QCheckBox* box : window.findChildren<QCheckBox*>()) box->setChecked(below(2) == 1);
  for (QSpinBox* box : window.findChildren<QSpinBox*>()) box->setValue(below(60));
  for (QDoubleSpinBox* box : window.findChildren<QDoubleSpinBox*>()) box->setValue(below(3000) / 1000.0);
  for (QLineEdit* field : window.findChildren<QLineEdit*>())
    if (!qobject_cast<QAbstractSpinBox*>(field->parent())) field->setText(texts[below(int(texts.size()))]);
}

}  // namespace

/// A dialog and the command that it starts mean the same request.
class DialogWordsTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  }

  void everyOptionOfACommandIsReadBack() {
    readEachBack<TrainingRequest>();
    readEachBack<PretrainRequest>();
  }

  void everyTrainingThatCanBeEnteredIsTheOneThatTheCommandReads() {
    std::mt19937 random(12);
    std::set<std::string> said;
    for (int i = 0; i < 400; ++i) {
      TrainingDialog dialog;
      enterAnything(dialog, random);
      if (!dialog.missing().isEmpty() || dialog.request().options.out.empty()) continue;
      const QStringList words = jobOf(dialog.request()).arguments;
      const auto read = parsed<TrainingRequest>(words);
      QVERIFY2(read && *read == dialog.request(), qPrintable(words.join(QLatin1Char(' '))));
      for (const QString& word : words) said.insert(word.toStdString());
    }
    for (const char* option : {"--head", "--pool", "--folds", "--fold-file", "--labels", "--expression",
                               "--fold-change", "--panel", "--task", "--add-to", "--encoder", "--bags"})
      QVERIFY2(said.contains(option), option);
  }
  void everyPretrainingThatCanBeEnteredIsTheOneThatTheCommandReads() {
    std::mt19937 random(13);
    std::set<std::string> said;
    for (int i = 0; i < 200; ++i) {
      PretrainDialog dialog;
      dialog.addSources({QStringLiteral("/slides of 2026"), QStringLiteral("a.svs")});
      enterAnything(dialog, random);
      if (dialog.request().out.empty()) continue;
      const QStringList words = jobOf(dialog.request()).arguments;
      const auto read = parsed<PretrainRequest>(words);
      QVERIFY2(read && *read == dialog.request(), qPrintable(words.join(QLatin1Char(' '))));
      for (const QString& word : words) said.insert(word.toStdString());
    }
    for (const char* option : {"--epochs", "--seed", "--threads", "--encoder", "--start", "--mpp"})
      QVERIFY2(said.contains(option), option);
  }

 private:
  QTemporaryDir m_folder;
};

}  // namespace geneglass::dialog_words_test

GENEGLASS_WINDOW_TEST(geneglass::dialog_words_test::DialogWordsTest)
#include "dialog_words_test.moc"
