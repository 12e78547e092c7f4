// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/desks/snapshot_desk.h"

#include <QClipboard>
#include <QDateTime>
#include <QFileDialog>
#include <QGuiApplication>
#include <QPointer>
#include <QUuid>
#include <algorithm>
#include <utility>

#include "app/desktop/annotating/annotation_table.h"
#include "app/desktop/export/file_saver.h"
#include "app/desktop/layers/caption_overlay.h"
#include "app/desktop/layers/overlay_settings.h"
#include "app/desktop/snapshots/annotation_series_dialog.h"
#include "app/desktop/snapshots/series_dialog.h"
#include "app/desktop/snapshots/snapshot_dialog.h"
#include "app/desktop/snapshots/tray_panel.h"
#include "app/desktop/window/slide_pane.h"
#include "inference/prediction/withheld.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass {
namespace {

constexpr size_t kBudgetPart = 4;  ///< of the memory of all slides
constexpr size_t kLeastMemory = size_t{128} << 20;

/// What is to be known of the view beside its picture.
TraySnapshot factsOf(const SlidePane& shown, const SnapshotRequest& request, const OverlayStack& stack) {
  TraySnapshot snapshot{
      .id = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString(),
      .taken = QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString(),
      .caption = shown.title().toStdString(),
      .view = {request.view.centre, request.view.downsample, request.view.rotation, request.view.isMirrored},
      .size = {std::lround(request.view.width), std::lround(request.view.height)},
      .slide = request.opened.slide->hash};
  const auto& wishes = stack.choice().wishes();
  for (size_t index = 0; index < wishes.size(); ++index)
    if (const auto& overlay = stack.overlays()[index].overlay; overlay && wishes[index].on)
      snapshot.overlays.push_back(
          {wishes[index].entry.name.toStdString(), double(styleOf(wishes[index], *overlay).opacity)});
  if (!request.prediction) return snapshot;
  const Prediction& prediction = *request.prediction;
  snapshot.model = prediction.modelHash;
  if (request.gene >= 0) snapshot.gene = prediction.genes[size_t(request.gene)].symbol;
  if (!snapshot.gene.empty()) snapshot.caption = snapshot.gene + ", " + snapshot.caption;
  if (const QString text = provisionalCaption(prediction); !text.isEmpty())
    snapshot.notes.push_back(text.toStdString());
  if (isOutside(prediction)) snapshot.notes.push_back(outsideSentence(prediction));
  return snapshot;
}

/// A JPEG in memory.
RowSink jpegSink(const PictureFacts& facts, std::shared_ptr<QByteArray> bytes) {
  const auto rows = std::make_shared<JpegRows>(
      [bytes](const void* from, size_t count) {
        bytes->append(static_cast<const char*>(from), qsizetype(count));
      },
      facts);
  return {[rows](const QImage& given) {
            rows->append(given);
            return Result<void>();
          },
          [rows] {
            rows->finish();
            return Result<void>();
          }};
}

}  // namespace

SnapshotDesk::SnapshotDesk(Workplace& workplace, OverlayChoice& choice, FileSaver& saver, ActivePane pane,
                           QWidget& window)
    : QObject(&window),
      m_workplace(workplace),
      m_choice(choice),
      m_saver(saver),
      m_pane(std::move(pane)),
      m_window(window),
      m_panel(new TrayPanel(&window)),
      m_pattern(QStringLiteral("{slide}-{gene}.png")),
      m_annotationPattern(QStringLiteral("{slide}-{number}-{name}.png")),
      m_series(saver) {
  connect(m_panel, &TrayPanel::takeWanted, this, &SnapshotDesk::take);
  connect(m_panel, &TrayPanel::viewWanted, this, &SnapshotDesk::showView);
  connect(m_panel, &TrayPanel::fileWanted, this, &SnapshotDesk::askForTrayFile);
  connect(&m_series, &SnapshotSeries::finished, this, [this](int saved, int wanted) {
    QStringList lines{saved == wanted ? tr("Saved %n snapshot(s).", nullptr, saved)
                                      : tr("Saved %1 of %2 snapshots.").arg(saved).arg(wanted)};
    lines += m_passedOver;
    Q_EMIT m_passedOver.isEmpty() ? said(lines.join(QLatin1Char(' ')))
                                  : refused(lines.join(QLatin1Char(' ')));
  });
}

void SnapshotDesk::showPane() {
  SlidePane& pane = m_pane();
  m_panel->showCase(&pane.document());
  m_panel->setTakingPossible(pane.session().opened().slide != nullptr);
}

SnapshotRequest SnapshotDesk::view() const {
  SlidePane& pane = m_pane();
  const OverlayScene& scene = pane.session().scene();
  const auto upper = pane.overlays().upperIndex();
  const bool together = upper && m_choice.wishes()[*upper].entry.role == OverlayRole::Together;
  return {.file = {},
          .opened = pane.session().opened(),
          .view = pane.canvas().viewport(),
          .layers = pane.fileLayers(),
          .prediction = scene.prediction,
          .gene = together ? -1 : scene.gene,  // the legend tells of several
          .colour = fileColour(pane.session().colours(), pane.picture()),
          .spots = pane.spots().spots(),
          .thumbnail = pane.session().thumbnail(),
          .memory = std::max(kLeastMemory, m_workplace.memoryBudget() / kBudgetPart)};
}

QFileDialog* SnapshotDesk::fileDialog(const QString& title, const QString& filter, const QString& suffix,
                                      const QString& name) {
  auto* dialog = new QFileDialog(&m_window, title);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setNameFilter(filter);
  dialog->setDefaultSuffix(suffix);
  dialog->selectFile(name + QLatin1Char('.') + suffix);
  return dialog;
}

void SnapshotDesk::askForFile() {
  auto* options = new SnapshotDialog(view(), m_wanted, &m_window);
  options->setAttribute(Qt::WA_DeleteOnClose);
  connect(options, &QDialog::accepted, this, [this, options] {
    m_wanted = options->choice();
    const QString ending = endingOf(m_wanted.format);
    auto* dialog = fileDialog(tr("Save a snapshot of the view"), tr("Pictures (*.%1)").arg(ending), ending,
                              QString::fromStdString(m_pane().session().opened().slide->name()));
    connect(dialog, &QFileDialog::fileSelected, this, &SnapshotDesk::save);
    dialog->open();
  });
  options->open();
}

void SnapshotDesk::save(const QString& file) {
  SnapshotRequest request = chosenSnapshot(view(), m_wanted);
  request.file = file.toStdString();
  m_saver.save(request);
}

void SnapshotDesk::start(SnapshotDrawing& drawing, const SnapshotRequest& request, const QString& name,
                         const std::function<RowSink(const BandedSnapshot&)>& open,
                         std::function<void()> done) {
  const auto snapshot = BandedSnapshot::plan(request);
  if (!snapshot) {
    Q_EMIT refused(QString::fromStdString(snapshot.error().sentence));
    return;
  }
  const auto sink = [open, planned = snapshot->get()]() -> Result<RowSink> { return open(*planned); };
  drawing.start(*snapshot, sink, name, [this, done = std::move(done)](const Result<void>& outcome) {
    if (outcome)
      done();
    else
      Q_EMIT refused(QString::fromStdString(outcome.error().sentence));
  });
}

void SnapshotDesk::copy() {
  SnapshotRequest request = view();
  request.parts.caption = false;
  const auto picture = std::make_shared<QImage>();
  const auto open = [picture](const BandedSnapshot& snapshot) {
    return pictureSink(snapshot.page().size(), picture);
  };
  start(m_copying, request, tr("the picture"), open, [this, picture] {
    QGuiApplication::clipboard()->setImage(*picture);
    Q_EMIT said(tr("Copied a picture of %1 × %2 pixels.").arg(picture->width()).arg(picture->height()));
  });
}

void SnapshotDesk::take() {
  const QPointer<SlidePane> pane = &m_pane();
  SnapshotRequest request = view();
  if (!request.opened.slide) return;
  if (pane->keeper().isOpening()) {
    Q_EMIT refused(tr("The case of this slide is being opened: a snapshot can be taken in a moment."));
    return;
  }
  request.parts.caption = false;
  const double larger = std::max(request.view.width, request.view.height) / kTraySide;
  if (larger > 1)
    request.view = resizedView(request.view, {std::llround(request.view.width / larger),
                                              std::llround(request.view.height / larger)});
  const TraySnapshot snapshot = factsOf(*pane, request, pane->overlays());
  const auto bytes = std::make_shared<QByteArray>();
  const auto open = [bytes](const BandedSnapshot& planned) {
    return jpegSink(planned.page().facts(), bytes);
  };
  start(m_taking, request, tr("the snapshot"), open, [this, pane, snapshot, bytes] {
    if (!pane || pane->document().content().slide.hash != snapshot.slide) return;  // another slide since
    addToTray(pane->document(), snapshot, *bytes);
    Q_EMIT said(tr("Taken into the tray."));
  });
}

void SnapshotDesk::showView(const TraySnapshot& snapshot) {
  SlidePane& pane = m_pane();
  const Viewport& viewport = pane.canvas().viewport();
  pane.keptView().show(viewOn({std::lround(viewport.width), std::lround(viewport.height)}, snapshot));
  if (!snapshot.gene.empty()) pane.session().chooseGene(snapshot.gene);
}

void SnapshotDesk::askForTrayFile(const TraySnapshot& snapshot) {
  const QByteArray picture = trayPicture(m_pane().document(), snapshot.id);
  const OpenedSlide opened = m_pane().session().opened();
  auto* dialog = fileDialog(tr("Save this snapshot"), tr("JPEG picture (*.jpg)"), QStringLiteral("jpg"),
                            QString::fromStdString(opened.slide->name()));
  connect(dialog, &QFileDialog::fileSelected, this, [this, picture, opened](const QString& file) {
    m_saver.save(opened, {}, file, [=](const DrawView&) -> Result<WriteDrawn> {
      return [=] { return writeBytes(file.toStdString(), *opened.slide, picture); };
    });
  });
  dialog->open();
}

void SnapshotDesk::askForSeries() {
  SlidePane& pane = m_pane();
  const OverlayScene& scene = pane.session().scene();
  if (!scene.prediction) {
    Q_EMIT refused(tr("There is no prediction for this slide yet, so there is no map to save."));
    return;
  }
  auto* options = new SeriesDialog(*scene.prediction, scene.gene, QString::fromStdString(scene.slide->name()),
                                   m_pattern, &m_window);
  options->setAttribute(Qt::WA_DeleteOnClose);
  connect(options, &QDialog::accepted, this, [this, options] {
    m_pattern = options->pattern();
    askForFolder([this, genes = options->genes(), pattern = m_pattern](const QString& folder) {
      saveSeries(genes, pattern, folder);
    });
  });
  options->open();
}

void SnapshotDesk::askForFolder(std::function<void(const QString&)> take) {
  auto* dialog = new QFileDialog(&m_window, tr("The folder of the snapshots"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  connect(dialog, &QFileDialog::fileSelected, this, std::move(take));
  dialog->open();
}

std::optional<std::vector<std::filesystem::path>> SnapshotDesk::filesIn(const QString& folder,
                                                                        const Result<QStringList>& names) {
  const auto files = names.and_then([&](const QStringList& all) { return seriesFiles(folder, all); });
  if (files) return *files;
  Q_EMIT refused(QString::fromStdString(files.error().sentence));
  return {};
}

void SnapshotDesk::saveSeries(const std::vector<int>& genes, const QString& pattern, const QString& folder) {
  const SnapshotRequest base = view();
  if (!base.prediction) return;
  const SeriesGenes series = seriesGenes(*base.prediction, genes);
  QStringList symbols;
  for (const int gene : series.genes)
    symbols << QString::fromStdString(base.prediction->genes[size_t(gene)].symbol);
  const auto files =
      filesIn(folder, seriesNames(pattern, QString::fromStdString(base.opened.slide->name()), symbols));
  if (!files) return;
  std::vector<SnapshotSeries::Item> items;
  for (size_t i = 0; i < series.genes.size(); ++i) items.push_back({series.genes[i], (*files)[i], i});
  m_passedOver = series.passedOver;
  const OverlayScene scene = m_pane().scene();
  const OverlayLayer annotations = m_pane().annotations().fileLayer();
  m_series.start(base.prediction, items, [=, this, wanted = m_wanted](const SnapshotSeries::Item& item) {
    SnapshotRequest request = chosenSnapshot(base, wanted);
    request.file = item.file;
    request.gene = item.gene;
    OverlayScene shown = scene;
    shown.gene = item.gene;
    request.layers = layersOf(m_choice, shown);
    if (annotations.overlay) request.layers.push_back(annotations);
    return request;
  });
}

std::vector<SeriesAnnotation> SnapshotDesk::annotations() const {
  const AnnotationLayer& layer = m_pane().annotations();
  std::vector<SeriesAnnotation> found;
  for (const AnnotationPtr& one : layer.document().annotations()->all())
    found.push_back({one->name.empty() ? kindOf(one->shape) : QString::fromStdString(one->name),
                     QString::fromStdString(one->className), boundsOf(one->shape),
                     layer.selection().contains(one->id)});
  return found;
}

void SnapshotDesk::askForAnnotations() {
  SlidePane& pane = m_pane();
  if (!pane.session().opened().slide) return;
  if (pane.keeper().isOpening()) {
    Q_EMIT refused(tr("The case of this slide is being opened: a snapshot can be taken in a moment."));
    return;
  }
  std::vector<SeriesAnnotation> all = annotations();
  if (all.empty()) {
    Q_EMIT refused(tr("There are no annotations on this slide yet, so there is none to save."));
    return;
  }
  auto* options = new AnnotationSeriesDialog(std::move(all),
                                             QString::fromStdString(pane.session().opened().slide->name()),
                                             m_annotationPattern, m_margin, &m_window);
  options->setAttribute(Qt::WA_DeleteOnClose);
  connect(options, &QDialog::accepted, this, [this, options] {
    m_annotationPattern = options->pattern();
    m_margin = options->margin();
    askForFolder([this, slide = m_pane().session().opened().slide,
                  chosen = options->annotations()](const QString& folder) {
      if (slide == m_pane().session().opened().slide) return saveAnnotations(chosen, folder);
      Q_EMIT refused(tr("Another slide is open since: nothing was saved."));
    });
  });
  options->open();
}

void SnapshotDesk::saveAnnotations(const std::vector<SeriesAnnotation>& annotations, const QString& folder) {
  const SnapshotRequest base = view();
  const auto files = filesIn(
      folder,
      annotationNames(m_annotationPattern, QString::fromStdString(base.opened.slide->name()), annotations));
  if (!files) return;
  std::vector<SnapshotSeries::Item> items;
  for (size_t i = 0; i < annotations.size(); ++i) items.push_back({base.gene, (*files)[i], i});
  m_passedOver.clear();
  m_series.start(base.prediction, items,
                 [=, wanted = m_wanted, margin = m_margin](const SnapshotSeries::Item& item) {
                   const SeriesAnnotation& shown = annotations[item.place];
                   SnapshotRequest request = base;
                   request.view = annotationView(base.view, shown.bounds, margin);
                   request = chosenSnapshot(std::move(request), wanted);
                   request.file = item.file;
                   request.subject = annotationSentence(shown, item.place + 1, annotations.size());
                   return request;
                 });
}

}  // namespace geneglass
