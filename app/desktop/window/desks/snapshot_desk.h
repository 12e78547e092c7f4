// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <optional>

#include "app/desktop/export/snapshot_drawing.h"
#include "app/desktop/snapshots/annotation_series.h"
#include "app/desktop/snapshots/snapshot_choice.h"
#include "app/desktop/snapshots/snapshot_series.h"

class QFileDialog;
class QWidget;

namespace geneglass {

class FileSaver;
class OverlayChoice;
class SlidePane;
class TrayPanel;
class Workplace;
struct OverlayScene;
struct TraySnapshot;

/// What a window's view is taken into: a file, the clipboard, the tray of the case, a series of files; and
/// its annotations, a file each. GUI thread.
class SnapshotDesk final : public QObject {
  Q_OBJECT

 public:
  using ActivePane = std::function<SlidePane&()>;

  /// All outlive it; `window` owns the dialogs and the panel.
  SnapshotDesk(Workplace& workplace, OverlayChoice& choice, FileSaver& saver, ActivePane pane,
               QWidget& window);

  TrayPanel* panel() const { return m_panel; }
  void showPane();  ///< another one is active, or its slide is another

  void askForFile();
  void save(const QString& file);  ///< as was chosen last
  void copy();                     ///< the picture alone, as large as on the screen
  void take();
  void askForSeries();
  void askForAnnotations();

 Q_SIGNALS:
  void said(const QString& sentence);  ///< of what was done
  void refused(const QString& sentence);

 private:
  SnapshotRequest view() const;
  QFileDialog* fileDialog(const QString& title, const QString& filter, const QString& suffix,
                          const QString& name);
  void start(SnapshotDrawing& drawing, const SnapshotRequest& request, const QString& name,
             const std::function<RowSink(const BandedSnapshot&)>& open, std::function<void()> done);
  void showView(const TraySnapshot& snapshot);
  void askForTrayFile(const TraySnapshot& snapshot);
  void askForFolder(std::function<void(const QString&)> take);
  /// Nothing where a name or a place is refused, which is said.
  std::optional<std::vector<std::filesystem::path>> filesIn(const QString& folder,
                                                            const Result<QStringList>& names);
  void saveSeries(const std::vector<int>& genes, const QString& pattern, const QString& folder);
  std::vector<SeriesAnnotation> annotations() const;
  void saveAnnotations(const std::vector<SeriesAnnotation>& annotations, const QString& folder);

  Workplace& m_workplace;
  OverlayChoice& m_choice;
  FileSaver& m_saver;
  const ActivePane m_pane;
  QWidget& m_window;
  TrayPanel* m_panel;
  SnapshotChoice m_wanted;  ///< as the user left the dialog
  QString m_pattern;
  QString m_annotationPattern;
  double m_margin = kAnnotationMargin;  ///< around an annotation
  QStringList m_passedOver;             ///< of the series that runs
  SnapshotSeries m_series;
  SnapshotDrawing m_copying;
  SnapshotDrawing m_taking;
};

}  // namespace geneglass
