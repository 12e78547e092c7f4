// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/parts/spoken_widgets.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QAccessibleWidget>
#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QTextDocumentFragment>

namespace geneglass {
namespace {

QString plainText(const QLabel& label) {
  return Qt::mightBeRichText(label.text()) ? QTextDocumentFragment::fromHtml(label.text()).toPlainText()
                                           : label.text();
}

/// A label has no signal that its text has changed: it is looked at as it is painted. The label's own child.
class LabelWatch final : public QObject {
 public:
  explicit LabelWatch(QLabel& label) : QObject(&label), m_label(label), m_heard(label.text()) {
    label.installEventFilter(this);
  }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::Paint && m_label.text() != m_heard) {
      m_heard = m_label.text();
      QAccessibleEvent changed(&m_label, QAccessible::NameChanged);
      QAccessible::updateAccessibility(&changed);
    }
    return QObject::eventFilter(watched, event);
  }

 private:
  QLabel& m_label;
  QString m_heard;
};

class SpokenLabel final : public QAccessibleWidget {
 public:
  explicit SpokenLabel(QLabel& label) : QAccessibleWidget(&label, QAccessible::StaticText), m_label(label) {
    new LabelWatch(label);
  }

  QString text(QAccessible::Text which) const override {
    const QString said = plainText(m_label), name = m_label.accessibleName();
    if (which == QAccessible::Value) return said;
    if (which != QAccessible::Name) return QAccessibleWidget::text(which);
    if (name.isEmpty()) return QString(said).remove(QLatin1Char('&'));
    return said.isEmpty() || said == name ? name : QStringLiteral("%1: %2").arg(name, said);
  }

  QVector<QPair<QAccessibleInterface*, QAccessible::Relation>> relations(
      QAccessible::Relation match) const override {
    auto related = QAccessibleWidget::relations(match);
    if ((match & QAccessible::Labelled) && m_label.buddy())
      related.append({QAccessible::queryAccessibleInterface(m_label.buddy()), QAccessible::Labelled});
    return related;
  }

 private:
  const QLabel& m_label;
};

/// The list that opens, and the line of an editable box, are its children.
class SpokenChoice final : public QAccessibleWidget {
 public:
  explicit SpokenChoice(QComboBox& box) : QAccessibleWidget(&box, QAccessible::ComboBox), m_box(box) {}

  QString text(QAccessible::Text which) const override {
    return which == QAccessible::Value ? m_box.currentText() : QAccessibleWidget::text(which);
  }
  int childCount() const override { return m_box.lineEdit() ? 2 : 1; }
  QAccessibleInterface* child(int index) const override {
    if (index == 0) return QAccessible::queryAccessibleInterface(m_box.view());
    return index == 1 && m_box.lineEdit() ? QAccessible::queryAccessibleInterface(m_box.lineEdit()) : nullptr;
  }
  int indexOfChild(const QAccessibleInterface* child) const override {
    if (child->object() == m_box.view()) return 0;
    return m_box.lineEdit() && child->object() == m_box.lineEdit() ? 1 : -1;
  }
  QStringList actionNames() const override { return {showMenuAction(), pressAction(), setFocusAction()}; }
  void doAction(const QString& action) override {
    if (action == setFocusAction()) return QAccessibleWidget::doAction(action);
    m_box.view()->isVisible() ? m_box.hidePopup() : m_box.showPopup();
  }

 private:
  QComboBox& m_box;
};

QAccessibleInterface* spoken(const QString& className, QObject* object) {
  if (className == QStringLiteral("QLabel")) {
    auto* label = qobject_cast<QLabel*>(object);
    return label && label->pixmap().isNull() ? new SpokenLabel(*label) : nullptr;
  }
  if (className == QStringLiteral("QComboBox")) {
    auto* box = qobject_cast<QComboBox*>(object);
    return box ? new SpokenChoice(*box) : nullptr;
  }
  return nullptr;
}

}  // namespace

void speakValues() {
  QAccessible::installFactory(spoken);
}

}  // namespace geneglass
