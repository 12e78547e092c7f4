// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/snapshots/tray_panel.h"

#include <QBuffer>
#include <QGridLayout>
#include <QImageReader>
#include <QLabel>
#include <QListWidget>
#include <QPixmap>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QVBoxLayout>
#include <algorithm>

namespace geneglass {
namespace {

constexpr QSize kThumbnail{160, 120};
constexpr int kIdRole = Qt::UserRole;

QString tipOf(const TraySnapshot& snapshot) {
  QStringList lines{QObject::tr("Taken %1").arg(QString::fromStdString(snapshot.taken))};
  if (!snapshot.gene.empty()) lines << QObject::tr("Gene: %1").arg(QString::fromStdString(snapshot.gene));
  for (const ShownOverlay& overlay : snapshot.overlays)
    lines << QStringLiteral("%1, %2 %")
                 .arg(QString::fromStdString(overlay.name))
                 .arg(qRound(overlay.opacity * 100));
  for (const std::string& note : snapshot.notes) lines << QString::fromStdString(note);
  return lines.join(QLatin1Char('\n'));
}

}  // namespace

TrayPanel::TrayPanel(QWidget* parent)
    : QWidget(parent),
      m_list(new QListWidget),
      m_hint(new QLabel(tr("Ctrl+T takes a snapshot of the view, for the report."))),
      m_take(new QPushButton(tr("&Take"))),
      m_go(new QPushButton(tr("&Go There"))),
      m_save(new QPushButton(tr("Sa&ve As…"))),
      m_remove(new QPushButton(tr("Re&move"))) {
  build();
  connect(m_take, &QPushButton::clicked, this, &TrayPanel::takeWanted);
  connect(m_go, &QPushButton::clicked, this, [this] {
    if (const TraySnapshot* snapshot = current()) Q_EMIT viewWanted(*snapshot);
  });
  connect(m_save, &QPushButton::clicked, this, [this] {
    if (const TraySnapshot* snapshot = current()) Q_EMIT fileWanted(*snapshot);
  });
  connect(m_remove, &QPushButton::clicked, this, &TrayPanel::remove);
  connect(m_list, &QListWidget::itemDoubleClicked, m_go, &QPushButton::click);
  connect(m_list, &QListWidget::currentRowChanged, this, &TrayPanel::showButtons);
  connect(m_list, &QListWidget::itemChanged, this, [this](const QListWidgetItem* item) {
    if (!m_isShowing) takeCaption(*item);
  });
  // After the drop: the list must not change while it moves its rows.
  connect(
      m_list->model(), &QAbstractItemModel::rowsMoved, this,
      [this] {
        if (!m_isShowing) takeOrder();
      },
      Qt::QueuedConnection);
  showCase(nullptr);
}

void TrayPanel::build() {
  m_list->setAccessibleName(tr("Snapshots"));
  m_list->setIconSize(kThumbnail);
  m_list->setWordWrap(true);
  m_list->setDragDropMode(QAbstractItemView::InternalMove);
  m_list->setDefaultDropAction(Qt::MoveAction);
  m_list->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked);
  m_list->setSpacing(2);
  m_list->setToolTip(tr("A second click or F2 edits the caption, a double click goes to the view"));
  m_hint->setWordWrap(true);
  m_hint->setContentsMargins(8, 8, 8, 8);
  // Four beside each other would make all panels of this side as wide.
  auto* buttons = new QGridLayout;
  int place = 0;
  for (QPushButton* button : {m_take, m_go, m_save, m_remove}) {
    buttons->addWidget(button, place / 2, place % 2);
    ++place;
  }
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(4, 4, 4, 4);
  layout->addWidget(m_hint);
  layout->addWidget(m_list, 1);
  layout->addLayout(buttons);
}

void TrayPanel::showCase(Case* document) {
  if (m_case) m_case->disconnect(this);
  m_case = document;
  if (m_case) connect(m_case, &Case::entriesChanged, this, &TrayPanel::showSnapshots);
  m_shown.clear();
  showSnapshots();
}

void TrayPanel::setTakingPossible(bool possible) {
  m_take->setEnabled(possible);
}

const TraySnapshot* TrayPanel::current() const {
  const int row = m_list->currentRow();
  return row >= 0 && size_t(row) < m_shown.size() ? &m_shown[size_t(row)] : nullptr;
}

QIcon TrayPanel::iconOf(const std::string& id) {
  if (const auto known = m_icons.find(id); known != m_icons.end()) return known->second;
  QByteArray bytes = trayPicture(*m_case, id);
  QBuffer buffer(&bytes);
  QImageReader reader(&buffer);
  reader.setScaledSize(reader.size().scaled(kThumbnail, Qt::KeepAspectRatio));
  QPixmap pixmap = QPixmap::fromImage(reader.read());
  if (pixmap.isNull()) {
    pixmap = QPixmap(kThumbnail);
    pixmap.fill(Qt::lightGray);
  }
  return m_icons[id] = QIcon(pixmap);
}

void TrayPanel::showSnapshots() {
  const std::vector<TraySnapshot> shown = m_case ? traySnapshots(*m_case) : std::vector<TraySnapshot>();
  m_hint->setVisible(shown.empty());
  if (shown == m_shown && int(shown.size()) == m_list->count()) return showButtons();
  const QScopedValueRollback showing(m_isShowing, true);
  const bool longer = shown.size() > m_shown.size();
  const int row = longer ? int(shown.size()) - 1 : std::min(m_list->currentRow(), int(shown.size()) - 1);
  m_shown = shown;
  std::erase_if(m_icons, [&](const auto& icon) {
    return std::ranges::find(shown, icon.first, &TraySnapshot::id) == shown.end();
  });
  m_list->clear();
  for (const TraySnapshot& snapshot : shown) {
    auto* item = new QListWidgetItem(iconOf(snapshot.id), QString::fromStdString(snapshot.caption));
    item->setFlags((item->flags() | Qt::ItemIsEditable) & ~Qt::ItemIsDropEnabled);
    item->setData(kIdRole, QString::fromStdString(snapshot.id));
    item->setToolTip(tipOf(snapshot));
    m_list->addItem(item);
  }
  m_list->setCurrentRow(row);
  showButtons();
}

void TrayPanel::showButtons() {
  for (QPushButton* button : {m_go, m_save, m_remove}) button->setEnabled(current());
}

void TrayPanel::takeCaption(const QListWidgetItem& item) {
  std::vector<TraySnapshot> changed = m_shown;
  const int row = m_list->row(&item);
  if (row < 0 || size_t(row) >= changed.size()) return;
  changed[size_t(row)].caption = item.text().toStdString();
  m_shown = changed;
  setTray(*m_case, changed, tr("Edit Caption"));
}

void TrayPanel::takeOrder() {
  std::vector<TraySnapshot> ordered;
  for (int row = 0; row < m_list->count(); ++row) {
    const std::string id = m_list->item(row)->data(kIdRole).toString().toStdString();
    const auto found = std::ranges::find(m_shown, id, &TraySnapshot::id);
    if (found != m_shown.end()) ordered.push_back(*found);
  }
  if (ordered.size() != m_shown.size()) return showSnapshots();
  m_shown = ordered;
  setTray(*m_case, ordered, tr("Move Snapshot"));
}

void TrayPanel::remove() {
  if (!current()) return;
  std::vector<TraySnapshot> fewer = m_shown;
  fewer.erase(fewer.begin() + m_list->currentRow());
  setTray(*m_case, fewer, tr("Remove Snapshot"));
}

}  // namespace geneglass
