// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <span>

class QWidget;

namespace geneglass {

/// A word of maps, columns and charts.
struct Word {
  const char* id;       ///< of an overlay: its identifier
  const char* title;    ///< in English
  const char* meaning;  ///< some sentences, in English
};

/// The one table that tool tips, What's This and the manual explain words from, in the manual's order.
std::span<const Word> glossary();

/// In the window's language; empty where the table has no such word.
QString titleOf(const QString& id);
QString meaningOf(const QString& id);

/// The title of an overlay; `name`, as its plugin says it, where the table has none.
QString overlayTitle(const QString& id, const QString& name);

/// "What is this?" over a widget, and its description for screen readers.
void explain(QWidget& widget, const QString& id);

}  // namespace geneglass
