// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/preferences/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>

/// What lies compiled in this library would not be linked without the call. Q_INIT_RESOURCE wants no
/// namespace.
static void openCompiledIn() {
  Q_INIT_RESOURCE(desktop);
}

namespace geneglass {

QLocale::Language shownLanguage(Language chosen, const QLocale& system) {
  if (chosen == Language::German) return QLocale::German;
  if (chosen == Language::English) return QLocale::English;
  return system.language() == QLocale::German ? QLocale::German : QLocale::English;
}

QLocale numberLocale(Language chosen, const QLocale& system) {
  const QLocale::Language shown = shownLanguage(chosen, system);
  if (system.language() == shown) return system;
  if (shown == QLocale::German) return QLocale(QLocale::German, QLocale::Germany);
  return system.language() == QLocale::C ? QLocale::c() : QLocale(QLocale::English, QLocale::UnitedStates);
}

SpokenLanguage::SpokenLanguage(Language chosen, const QLocale& system) {
  QLocale::setDefault(numberLocale(chosen, system));
  if (shownLanguage(chosen, system) != QLocale::German) return;
  openCompiledIn();
  if (m_program.load(QStringLiteral(":/translations/geneglass_de.qm")))
    QCoreApplication::installTranslator(&m_program);
  m_hasQtsOwn = m_qt.load(QStringLiteral("qtbase_de"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
  if (m_hasQtsOwn) QCoreApplication::installTranslator(&m_qt);
}

SpokenLanguage::~SpokenLanguage() {
  QCoreApplication::removeTranslator(&m_program);
  QCoreApplication::removeTranslator(&m_qt);
  QLocale::setDefault(QLocale::c());
}

}  // namespace geneglass
