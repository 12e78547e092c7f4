// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browsing/slide_list.h"

#include <QFont>
#include <utility>

#include "viewer/wording/number_text.h"

namespace geneglass {

int SlideList::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : int(m_slides.size());
}

QVariant SlideList::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const ListedSlide& slide = m_slides[size_t(index.row())];
  const auto known = m_known.find(slide.file);
  const QString state = stateText(slide.file);
  switch (role) {
    case Qt::DisplayRole:
      return QStringLiteral("%1\n%2").arg(slide.name, state);
    case Qt::AccessibleTextRole:
      return QStringLiteral("%1, %2").arg(slide.name, state);
    case Qt::DecorationRole: {
      static const QPixmap kEmpty = squared({});
      return known == m_known.end() || known->second.picture.isNull() ? kEmpty : known->second.picture;
    }
    case Qt::ToolTipRole: {
      const QString path = QString::fromStdString(slide.file.string());
      return known == m_known.end() || known->second.glance.refusal.isEmpty() ? path
                                                                              : known->second.glance.refusal;
    }
    case Qt::FontRole: {
      QFont font;
      font.setBold(slide.file == m_open);
      return font;
    }
    default:
      return {};
  }
}

QString SlideList::stateText(const std::filesystem::path& file) const {
  const auto found = m_known.find(file);
  if (found == m_known.end()) return tr("not looked at yet");
  const Known& known = found->second;
  if (known.state == State::Predicting) return tr("predicting");
  if (known.state == State::Predicted || known.glance.isKnown) return tr("predicted");
  if (!known.isGlanced) return tr("not looked at yet");
  if (!known.glance.refusal.isEmpty()) return tr("cannot be opened");
  if (const auto& part = known.glance.part)
    return tr("partly predicted: %1 of %2 tiles")
        .arg(countText(qint64(part->done)), countText(qint64(part->all)));
  return known.glance.hasMpp ? tr("not predicted") : tr("pixel size unknown");
}

void SlideList::setSlides(std::vector<ListedSlide> slides) {
  beginResetModel();
  m_slides = std::move(slides);
  m_rows.clear();
  for (size_t row = 0; row < m_slides.size(); ++row) m_rows.emplace(m_slides[row].file, int(row));
  std::erase_if(m_known, [this](const auto& each) { return !m_rows.contains(each.first); });
  endResetModel();
}

int SlideList::rowOf(const std::filesystem::path& file) const {
  const auto found = m_rows.find(file);
  return found == m_rows.end() ? -1 : found->second;
}

bool SlideList::isGlanced(int row) const {
  const auto known = m_known.find(m_slides[size_t(row)].file);
  return known != m_known.end() && known->second.isGlanced;
}

void SlideList::tell(const std::filesystem::path& file) {
  if (const int row = rowOf(file); row >= 0) Q_EMIT dataChanged(index(row), index(row));
}

void SlideList::takeGlance(const std::filesystem::path& file, const SlideGlance& glance) {
  if (rowOf(file) < 0) return;
  Known& known = m_known[file];
  known.glance = glance;
  known.isGlanced = true;
  known.picture = glance.picture.isNull() ? QPixmap() : squared(glance.picture);
  known.glance.picture = {};
  tell(file);
}

void SlideList::setState(const std::filesystem::path& file, State state) {
  if (rowOf(file) < 0) return;
  Known& known = m_known[file];
  known.state = state;
  if (state == State::Unknown) known.isGlanced = false;  // what was computed of it may be kept
  tell(file);
}

void SlideList::setOpen(const std::filesystem::path& file) {
  const auto before = std::exchange(m_open, file);
  tell(before);
  tell(file);
}

void SlideList::forgetPredictions() {
  for (auto& [file, known] : m_known) {
    known.isGlanced = known.glance.isKnown = false;
    known.glance.part.reset();
    known.state = State::Unknown;
  }
  if (!m_slides.empty()) Q_EMIT dataChanged(index(0), index(int(m_slides.size()) - 1));
}

}  // namespace geneglass
