// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QPixmap>
#include <map>

#include "app/desktop/browsing/slide_glances.h"

namespace geneglass {

/// The rows of a list of slides: a small picture, the name, what is known of the prediction. It is told all
/// and reads nothing; a row costs what it shows. GUI thread.
class SlideList final : public QAbstractListModel {
  Q_OBJECT

 public:
  enum class State { Unknown, Predicting, Predicted };

  using QAbstractListModel::QAbstractListModel;

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

  void setSlides(std::vector<ListedSlide> slides);
  const std::vector<ListedSlide>& slides() const { return m_slides; }
  int rowOf(const std::filesystem::path& file) const;  ///< -1: not among them
  bool isGlanced(int row) const;                       ///< its picture has been read, or cannot be

  void takeGlance(const std::filesystem::path& file, const SlideGlance& glance);
  void setState(const std::filesystem::path& file, State state);  ///< of the prediction in a pane
  void setOpen(const std::filesystem::path& file);                ///< shown in bold; empty: none
  void forgetPredictions();                                       ///< another model

 private:
  struct Known {
    SlideGlance glance;
    QPixmap picture;
    bool isGlanced = false;
    State state = State::Unknown;
  };
  QString stateText(const std::filesystem::path& file) const;
  void tell(const std::filesystem::path& file);

  std::vector<ListedSlide> m_slides;
  std::map<std::filesystem::path, int> m_rows;
  std::map<std::filesystem::path, Known> m_known;
  std::filesystem::path m_open;
};

}  // namespace geneglass
