// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "app/desktop/browsing/slide_list.h"

class QLabel;
class QListView;

namespace geneglass {

/// The slides of a folder or a manifest, to be opened one after another; pictures are read of the rows in
/// view. GUI thread.
class SlideListPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit SlideListPanel(Workplace& workplace, QWidget* parent = nullptr);  ///< which outlives it

  SlideList& slides() { return m_slides; }
  void askForFolder();
  void askForManifest();
  void listFolder(const std::filesystem::path& folder);
  void listManifest(const std::filesystem::path& csv);
  /// This slide is shown in the active pane; where the list does not have it, it becomes that of its folder.
  void showOpen(const std::filesystem::path& file);
  void step(int rows);  ///< opens the next one, or with -1 the one before

 Q_SIGNALS:
  void slideWanted(const geneglass::ListedSlide& slide);
  void listed();  ///< what the user asked for
  void refused(const QString& sentence);
  void said(const QString& sentence);  ///< for the status line

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  using List = std::function<Result<std::vector<ListedSlide>>(const std::filesystem::path&)>;
  void list(const std::filesystem::path& place, const List& read, bool isAsked);
  void take(const std::filesystem::path& place, std::vector<ListedSlide> slides);
  void wantVisible();
  void select(int row);

  SlideList m_slides;
  SlideGlances m_glances;
  NewestJob m_listing;
  std::filesystem::path m_open;  ///< in the active pane
  QListView* m_view;
  QLabel* m_place;
  QTimer m_wish;  ///< until the rows in view are asked for
};

}  // namespace geneglass
