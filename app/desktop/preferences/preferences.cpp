// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/preferences/preferences.h"

#include <QCoreApplication>
#include <QSettings>

#include "app/desktop/workplace/memory_budget.h"
#include "app/desktop/workplace/workplace.h"
#include "viewer/foundation/parallel.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

constexpr int kThreadsOfAProcessor = 4;
constexpr qsizetype kMostLetters = 64;

struct PreferencesText {
  Q_DECLARE_TR_FUNCTIONS(PreferencesText)
};

QString key(const char* name) {
  return QStringLiteral("preferences/") + QLatin1String(name);
}

template <typename Choice>
Choice choiceOf(const QVariant& kept, Choice last) {
  const int number = kept.toInt();
  return number >= 0 && number <= int(last) ? Choice(number) : Choice{};
}

QString refusalOfMemory(int wanted) {
  if (wanted == 0) return {};
  const int least = int(kLeastMemoryBudget >> 20), most = machineMemoryMiB();
  if (wanted < least)
    return PreferencesText::tr("Cannot work with %1 MiB of memory: %2 MiB are the least.")
        .arg(countText(wanted), countText(least));
  if (wanted > most)
    return PreferencesText::tr("Cannot take %1 MiB of memory: this machine has %2 MiB.")
        .arg(countText(wanted), countText(most));
  return {};
}

QString refusalOfThreads(int wanted) {
  const int processors = threadCount(0);
  if (wanted >= 0 && wanted <= kThreadsOfAProcessor * processors) return {};
  return PreferencesText::tr(
             "Cannot use %1 threads: this machine has %2 processors, and more than %3 threads would wait for "
             "each other.")
      .arg(countText(wanted), countText(processors), countText(kThreadsOfAProcessor * processors));
}

QString refusalOfName(const QString& gene) {
  if (gene.size() > kMostLetters) return PreferencesText::tr("The name of the gene is too long.");
  for (const QChar letter : gene)
    if (letter.isSpace() || !letter.isPrint())
      return PreferencesText::tr("“%1” is not the name of one gene.").arg(gene);
  return {};
}

}  // namespace

int machineMemoryMiB() {
  return int(usualMemoryBudget() * 4 >> 20);
}

Preferences keptPreferences() {
  const QSettings settings;
  Preferences kept;
  kept.memoryMiB = settings.value(key("memory"), 0).toInt();
  kept.threads = settings.value(key("threads"), 0).toInt();
  kept.predicts = settings.value(key("predicts"), true).toBool();
  kept.gene = settings.value(key("gene")).toString();
  kept.units = choiceOf(settings.value(key("units")), Units::Pixels);
  kept.language = choiceOf(settings.value(key("language")), Language::German);
  kept.theme = choiceOf(settings.value(key("theme")), Theme::Light);
  if (!refusalOfMemory(kept.memoryMiB).isEmpty()) kept.memoryMiB = 0;
  if (!refusalOfThreads(kept.threads).isEmpty()) kept.threads = 0;
  if (!refusalOfName(kept.gene).isEmpty()) kept.gene.clear();
  return kept;
}

void keep(const Preferences& preferences) {
  QSettings settings;
  settings.setValue(key("memory"), preferences.memoryMiB);
  settings.setValue(key("threads"), preferences.threads);
  settings.setValue(key("predicts"), preferences.predicts);
  settings.setValue(key("gene"), preferences.gene);
  settings.setValue(key("units"), int(preferences.units));
  settings.setValue(key("language"), int(preferences.language));
  settings.setValue(key("theme"), int(preferences.theme));
}

QString refusalOf(const Preferences& preferences, const GeneRefusal& geneRefusal) {
  for (const QString& refusal : {refusalOfMemory(preferences.memoryMiB),
                                 refusalOfThreads(preferences.threads), refusalOfName(preferences.gene)})
    if (!refusal.isEmpty()) return refusal;
  return geneRefusal && !preferences.gene.isEmpty() ? geneRefusal(preferences.gene) : QString();
}

void apply(const Preferences& preferences, Workplace& workplace) {
  workplace.setMemoryBudget(preferences.memoryMiB > 0 ? size_t(preferences.memoryMiB) << 20
                                                      : usualMemoryBudget());
  workplace.setThreads(preferences.threads);
  workplace.setPredictsAtOnce(preferences.predicts);
  workplace.setFirstGene(preferences.gene.toStdString());
  showUnits(preferences.units);
}

}  // namespace geneglass
