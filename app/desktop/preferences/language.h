// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QTranslator>

#include "app/desktop/preferences/preferences.h"

namespace geneglass {

/// The language that is shown: what was chosen, or the system's where the program speaks it, else English.
QLocale::Language shownLanguage(Language chosen, const QLocale& system = QLocale::system());

/// How it writes numbers: as the system does where that is of the language, else as its largest country.
QLocale numberLocale(Language chosen, const QLocale& system = QLocale::system());

/// While it lives, the program, Qt's own dialogs and all numbers are of this language. Before any window.
class SpokenLanguage final {
 public:
  explicit SpokenLanguage(Language chosen, const QLocale& system = QLocale::system());
  ~SpokenLanguage();
  SpokenLanguage(const SpokenLanguage&) = delete;
  SpokenLanguage& operator=(const SpokenLanguage&) = delete;

  /// False where Qt's own texts were not found: they stay English.
  bool hasQtsOwn() const { return m_hasQtsOwn; }

 private:
  QTranslator m_program;
  QTranslator m_qt;
  bool m_hasQtsOwn = true;
};

}  // namespace geneglass
