// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace geneglass {

/// The manual inside the program: its pages, the words of the glossary and the keys of the window, with a
/// list of headings that can be searched. GUI thread.
class Manual final : public QDialog {
  Q_OBJECT

 public:
  explicit Manual(QWidget& window);

  void showHeading(const QString& heading);  ///< where there is one of that text
  QStringList headings() const;              ///< that fit what is searched

 private:
  void list(const QString& searched);
  void goTo(int row);

  QLineEdit* m_search;
  QListWidget* m_headings;
  QTextBrowser* m_text;
};

/// The manual in the window's language, with glossary and keys.
QString manualHtml(const QWidget& window);

}  // namespace geneglass
