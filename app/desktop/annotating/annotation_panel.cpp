// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/annotation_panel.h"

#include <QCheckBox>
#include <QColorDialog>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPixmap>
#include <QPlainTextEdit>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>

#include "app/desktop/annotating/annotation_layer.h"

namespace geneglass {
namespace {

QIcon colourIcon(uint32_t colour) {
  QPixmap pixmap(12, 12);
  pixmap.fill(QColor::fromRgb(colour));
  return pixmap;
}

Rect withMargin(const Rect& bounds) {
  const double margin = std::max({bounds.width, bounds.height, 100.0}) / 4;
  return {bounds.x - margin, bounds.y - margin, bounds.width + 2 * margin, bounds.height + 2 * margin};
}

}  // namespace

AnnotationPanel::AnnotationPanel(ToolChoice& choice, QWidget* parent)
    : QWidget(parent),
      m_choice(choice),
      m_class(new QComboBox),
      m_filter(new QLineEdit),
      m_list(new QTreeView),
      m_count(new QLabel),
      m_name(new QLineEdit),
      m_notes(new QPlainTextEdit),
      m_locked(new QCheckBox(tr("&Locked"))) {
  build();
  connect(&m_choice, &ToolChoice::changed, this, &AnnotationPanel::showChoice);
  connect(m_class, &QComboBox::activated, this, &AnnotationPanel::chooseClass);
  connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& letters) {
    const QScopedValueRollback showing(m_isShowing, true);
    m_table.setFilter(letters);
    showSelection();
  });
  connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &AnnotationPanel::takeSelection);
  connect(m_list, &QTreeView::doubleClicked, this, [this](const QModelIndex& index) {
    Q_EMIT areaWanted(withMargin(boundsOf(m_table.rows()[static_cast<size_t>(index.row())]->shape)));
  });
  connect(m_name, &QLineEdit::editingFinished, this, [this] {
    changeSelected(tr("Rename"), [this](Annotation& one) { one.name = m_name->text().toStdString(); });
  });
  m_notes->installEventFilter(this);
  connect(m_locked, &QCheckBox::clicked, this, [this](bool locked) {
    changeSelected(locked ? tr("Lock") : tr("Unlock"), [locked](Annotation& one) { one.locked = locked; });
  });
  showLayer(nullptr);
}

void AnnotationPanel::build() {
  m_class->setAccessibleName(tr("Class of what is drawn, and of what is selected"));
  m_class->setToolTip(m_class->accessibleName());
  auto* edit = new QToolButton;
  edit->setText(tr("Classes"));
  edit->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(edit);
  connect(menu->addAction(tr("&Add a Class…")), &QAction::triggered, this, &AnnotationPanel::addClass);
  connect(menu->addAction(tr("&Rename This Class…")), &QAction::triggered, this,
          &AnnotationPanel::renameClass);
  connect(menu->addAction(tr("Change Its &Colour…")), &QAction::triggered, this,
          &AnnotationPanel::recolourClass);
  edit->setMenu(menu);
  m_filter->setPlaceholderText(tr("Filter by class, name or notes"));
  m_filter->setAccessibleName(m_filter->placeholderText());
  m_filter->setClearButtonEnabled(true);
  m_list->setModel(&m_table);
  m_list->setAccessibleName(tr("Annotations"));
  m_list->setSelectionMode(QTreeView::ExtendedSelection);
  m_list->header()->setSectionResizeMode(QHeaderView::Stretch);
  m_list->setRootIsDecorated(false);
  m_list->setUniformRowHeights(true);
  m_list->setToolTip(tr("A double click goes there"));
  m_name->setAccessibleName(tr("Name of what is selected"));
  m_notes->setAccessibleName(tr("Notes to what is selected"));
  m_notes->setMaximumHeight(4 * fontMetrics().lineSpacing());
  m_notes->setTabChangesFocus(true);
  auto* classes = new QHBoxLayout;
  classes->addWidget(m_class, 1);
  classes->addWidget(edit);
  auto* details = new QFormLayout;
  details->addRow(tr("&Name"), m_name);
  details->addRow(tr("N&otes"), m_notes);
  details->addRow(QString(), m_locked);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(classes);
  layout->addWidget(m_filter);
  layout->addWidget(m_list, 1);
  layout->addWidget(m_count);
  layout->addLayout(details);
}

void AnnotationPanel::showLayer(AnnotationLayer* layer) {
  if (m_layer) {
    m_layer->disconnect(this);
    m_layer->document().disconnect(this);
  }
  m_layer = layer;
  if (m_layer) {
    connect(m_layer, &AnnotationLayer::selectionChanged, this, &AnnotationPanel::showSelection);
    connect(m_layer, &AnnotationLayer::layerChanged, this, &AnnotationPanel::showAnnotations);
  }
  showAnnotations();
}

/// Of a layer that changes in what is selected only, the list stays.
void AnnotationPanel::showAnnotations() {
  const QScopedValueRollback showing(m_isShowing, true);
  const bool hasSlide = m_layer && m_layer->slide();
  setEnabled(hasSlide);
  m_table.showAnnotations(hasSlide ? m_layer->document().annotations() : nullptr,
                          hasSlide ? m_layer->slide()->mpp : std::nullopt);
  showChoice();
  showSelection();
}

void AnnotationPanel::showChoice() {
  m_class->clear();
  m_class->addItem(tr("no class"), QString());
  if (!m_layer) return;
  for (const AnnotationClass& known : m_layer->document().annotations()->classes()) {
    const QString name = QString::fromStdString(known.name);
    m_class->addItem(colourIcon(known.colour), name, name);
  }
  m_class->setCurrentIndex(std::max(0, m_class->findData(QString::fromStdString(m_choice.className()))));
}

void AnnotationPanel::showSelection() {
  const QScopedValueRollback showing(m_isShowing, true);
  const auto selected = m_layer ? m_layer->selected() : std::vector<AnnotationPtr>();
  QItemSelection rows;
  int first = -1;
  for (const AnnotationPtr& annotation : selected) {
    const int row = selected.size() < 2000 ? m_table.rowOf(annotation->id) : -1;
    if (row < 0) continue;
    rows.select(m_table.index(row, 0), m_table.index(row, AnnotationTable::Columns - 1));
    first = first < 0 ? row : first;
  }
  m_list->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
  if (first >= 0) m_list->scrollTo(m_table.index(first, 0));
  const bool one = selected.size() == 1;
  const bool editable = one && !selected.front()->locked;
  const QString name = one ? QString::fromStdString(selected.front()->name) : QString();
  const QString notes = one ? QString::fromStdString(selected.front()->notes) : QString();
  if (m_name->text() != name) m_name->setText(name);
  if (m_notes->toPlainText() != notes) m_notes->setPlainText(notes);
  m_name->setEnabled(editable);
  m_notes->setEnabled(editable);
  m_locked->setEnabled(!selected.empty());
  m_locked->setChecked(!selected.empty() &&
                       std::ranges::all_of(selected, &Annotation::locked,
                                           [](const auto& p) -> const Annotation& { return *p; }));
  m_count->setText(tr("%n annotation(s)", "", m_table.rowCount()) +
                   (selected.empty() ? QString() : tr(", %1 selected").arg(selected.size())));
}

void AnnotationPanel::takeSelection() {
  if (m_isShowing || !m_layer) return;
  std::set<std::string> ids;
  for (const QModelIndex& index : m_list->selectionModel()->selectedRows())
    ids.insert(m_table.rows()[static_cast<size_t>(index.row())]->id);
  m_layer->select(std::move(ids));
}

void AnnotationPanel::chooseClass(int index) {
  const std::string name = m_class->itemData(index).toString().toStdString();
  m_choice.setClassName(name);
  if (m_layer && !m_layer->selection().empty()) m_layer->setClassOfSelected(name);
}

void AnnotationPanel::addClass() {
  if (!m_layer) return;
  const QString name = QInputDialog::getText(this, tr("Add a Class"), tr("Its name:")).trimmed();
  if (name.isEmpty()) return;
  const QColor colour = QColorDialog::getColor(QColor(200, 0, 0), this, tr("Its Colour"));
  if (!colour.isValid()) return;
  m_choice.setClassName(name.toStdString());
  Case& document = m_layer->document();
  document.change(document.annotations()->withClass({name.toStdString(), colour.rgb()}), tr("Add Class"));
}

void AnnotationPanel::renameClass() {
  const std::string from = m_choice.className();
  if (!m_layer || from.empty()) return;
  const QString name = QInputDialog::getText(this, tr("Rename the Class"), tr("Its new name:"),
                                             QLineEdit::Normal, QString::fromStdString(from))
                           .trimmed();
  if (name.isEmpty()) return;
  m_choice.setClassName(name.toStdString());
  Case& document = m_layer->document();
  document.change(document.annotations()->withClassRenamed(from, name.toStdString()), tr("Rename Class"));
}

void AnnotationPanel::recolourClass() {
  const std::string name = m_choice.className();
  if (!m_layer || name.empty()) return;
  Case& document = m_layer->document();
  Annotation asked;
  asked.className = name;
  const QColor now = QColor::fromRgb(document.annotations()->colourOf(asked));
  const QColor colour = QColorDialog::getColor(now, this, tr("Colour of the Class"));
  if (colour.isValid())
    document.change(document.annotations()->withClass({name, colour.rgb()}), tr("Colour Class"));
}

void AnnotationPanel::changeSelected(const QString& what, const std::function<void(Annotation&)>& change) {
  if (m_isShowing || !m_layer) return;
  std::vector<Annotation> changed;
  for (const AnnotationPtr& annotation : m_layer->selected()) {
    changed.push_back(*annotation);
    change(changed.back());
    if (changed.back() == *annotation) changed.pop_back();
  }
  if (changed.empty()) return;
  m_layer->document().change(m_layer->document().annotations()->with(std::move(changed)), what);
}

/// Notes are one step when they are left, not one a letter.
bool AnnotationPanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_notes && event->type() == QEvent::FocusOut)
    changeSelected(tr("Edit Notes"),
                   [this](Annotation& one) { one.notes = m_notes->toPlainText().toStdString(); });
  return QWidget::eventFilter(watched, event);
}

}  // namespace geneglass
