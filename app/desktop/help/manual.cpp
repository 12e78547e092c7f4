// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/help/manual.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QScreen>
#include <QScrollBar>
#include <QSplitter>
#include <QTextBlock>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "app/desktop/help/action_list.h"
#include "app/desktop/help/glossary.h"

/// What lies compiled in this library would not be linked without the call; Q_INIT_RESOURCE wants no
/// namespace.
static void openManuals() {
  Q_INIT_RESOURCE(desktop);
}

namespace geneglass {
namespace {

constexpr int kBlockRole = Qt::UserRole;  ///< of a heading: its block of the text

QString wordsHtml() {
  QString html;
  for (const Word& word : glossary()) {
    const QString id = QLatin1String(word.id);
    html += QStringLiteral("<h3>%1</h3><p>%2</p>").arg(titleOf(id), meaningOf(id).toHtmlEscaped());
  }
  return html;
}

}  // namespace

QString manualHtml(const QWidget& window) {
  openManuals();
  const bool german = QLocale().language() == QLocale::German;
  QFile file(german ? QStringLiteral(":/manual/de.html") : QStringLiteral(":/manual/en.html"));
  if (!file.open(QIODevice::ReadOnly)) return {};
  QString html = QString::fromUtf8(file.readAll());
  html.replace(QStringLiteral("<!-- words -->"), wordsHtml());
  html.replace(QStringLiteral("<!-- keys -->"), keyTable(window));
  return html;
}

Manual::Manual(QWidget& window)
    : QDialog(&window), m_search(new QLineEdit), m_headings(new QListWidget), m_text(new QTextBrowser) {
  setWindowTitle(tr("Manual"));
  setModal(false);
  m_search->setPlaceholderText(tr("Search the headings"));
  m_search->setAccessibleName(tr("Search the headings"));
  m_search->setClearButtonEnabled(true);
  m_headings->setAccessibleName(tr("Headings"));
  m_text->setAccessibleName(tr("Text of the manual"));
  m_text->setOpenExternalLinks(true);
  m_text->setHtml(manualHtml(window));
  auto* left = new QWidget;
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_search);
  column->addWidget(m_headings, 1);
  auto* splitter = new QSplitter;
  splitter->addWidget(left);
  splitter->addWidget(m_text);
  splitter->setStretchFactor(1, 3);
  splitter->setChildrenCollapsible(false);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(splitter);
  resize(QSize(130 * fontMetrics().averageCharWidth(), 40 * fontMetrics().lineSpacing())
             .boundedTo(0.9 * screen()->availableSize()));
  connect(m_search, &QLineEdit::textChanged, this, &Manual::list);
  connect(m_headings, &QListWidget::currentRowChanged, this, &Manual::goTo);
  connect(m_search, &QLineEdit::returnPressed, this, [this] { goTo(std::max(0, m_headings->currentRow())); });
  list({});
}

void Manual::list(const QString& searched) {
  const QSignalBlocker quiet(m_headings);
  m_headings->clear();
  for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
    const int level = block.blockFormat().headingLevel();
    if (level == 0 || !block.text().contains(searched, Qt::CaseInsensitive)) continue;
    auto* item =
        new QListWidgetItem(QString(2 * std::max(0, level - 1), QLatin1Char(' ')) + block.text(), m_headings);
    item->setData(kBlockRole, block.blockNumber());
  }
}

QStringList Manual::headings() const {
  QStringList texts;
  for (int row = 0; row < m_headings->count(); ++row) texts << m_headings->item(row)->text().trimmed();
  return texts;
}

void Manual::goTo(int row) {
  const QListWidgetItem* item = m_headings->item(row);
  if (!item) return;
  const QTextCursor cursor(m_text->document()->findBlockByNumber(item->data(kBlockRole).toInt()));
  m_text->setTextCursor(cursor);
  QScrollBar* bar = m_text->verticalScrollBar();
  bar->setValue(bar->value() + m_text->cursorRect(cursor).top());
}

void Manual::showHeading(const QString& heading) {
  m_search->clear();
  const qsizetype row = headings().indexOf(heading);
  if (row >= 0) m_headings->setCurrentRow(int(row));
}

}  // namespace geneglass
