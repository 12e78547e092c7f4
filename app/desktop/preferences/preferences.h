// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>
#include <optional>

#include "viewer/wording/units.h"

namespace geneglass {

class Workplace;

enum class Language { System, English, German };
enum class Theme { System, Dark, Light };

/// What the user wants of the program wherever it runs; kept in QSettings.
struct Preferences {
  int memoryMiB = 0;     ///< for tiles, textures and maps of all slides; 0: the usual
  int threads = 0;       ///< that read tiles and predict; 0: as many as processors
  bool predicts = true;  ///< a slide as soon as it is open
  QString gene;          ///< whose map a slide shows first; empty: none
  Units units = Units::Metric;
  Language language = Language::System;
  Theme theme = Theme::System;
  bool operator==(const Preferences&) const = default;
};

/// As they were kept; what was damaged, or is refused here, is as it usually is.
Preferences keptPreferences();
void keep(const Preferences& preferences);

/// Says why a gene cannot be shown; empty where it can, or where that is not known yet.
using GeneRefusal = std::function<QString(const QString& gene)>;

/// Why they cannot be taken, a sentence on the first that is wrong; empty where all is well.
QString refusalOf(const Preferences& preferences, const GeneRefusal& geneRefusal = {});

/// Memory, threads, prediction, gene and units: at once, or of what opens next. Language and theme are the
/// window's to show.
void apply(const Preferences& preferences, Workplace& workplace);

int machineMemoryMiB();

}  // namespace geneglass
