// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>

#include "app/desktop/session/job_thread.h"
#include "app/desktop/session/maps_ahead.h"
#include "app/desktop/session/slide_colours.h"
#include "app/desktop/session/slide_opener.h"
#include "inference/prediction_worker.h"
#include "inference/tissue/shared_tissue.h"
#include "overlays/overlay_plugin.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/tile_loader.h"

namespace geneglass {

/// Owns what is open: slide, tiles, prediction, and the threads that make them; members end in reverse order.
/// GUI thread, which never reads a file here and never waits for a read. Results of an earlier slide are
/// dropped.
class Session final : public QObject {
  Q_OBJECT

 public:
  explicit Session(QObject* parent = nullptr, SlideOpener::Open open = openSlide,
                   std::chrono::milliseconds patience = SlideOpener::kPatience);
  ~Session() override;

  /// The model to predict with, the open slide at once; without a folder the one shipped with the program.
  void useModel(std::optional<std::filesystem::path> folder = {});
  /// Replaces the open slide when the file can be read; `userMpp` in micrometres per level-0 pixel.
  void open(const std::filesystem::path& file, std::optional<double> userMpp = {});
  void cancelOpening();
  void startPrediction();
  void cancelPrediction();
  void look(const Rect& view);  ///< level-0 pixels: a running prediction computes these tiles first
  void chooseGene(int gene);    ///< of this prediction: index into its genes; -1 for none
  /// Of this prediction and of those that follow: chosen as soon as one has it.
  void chooseGene(const std::string& symbol);
  void prepareMaps(std::vector<int> genes);   ///< computed behind the window: they may be chosen next
  void measureBags(bool clearFirst = false);  ///< behind the window; see bagsMeasured
  void useScreen(ScreenSource source);        ///< read behind the window; see screenRead
  /// Reads an image stored beside the pyramid, because the user asked for it.
  void readAssociatedImage(const std::string& name);

  const OpenedSlide& opened() const { return m_opened; }
  const OverlayScene& scene() const { return m_scene; }
  const std::shared_ptr<TileCache>& cache() const { return m_cache; }
  const FeatureStore& bags() const { return *m_bags; }  ///< features kept from one run to the next
  TileLoader* loader() const { return m_loader.get(); }
  const SlideColours& colours() const { return m_colours; }  ///< of the open slide, as far as they are known
  const ScreenProfile& screen() const { return m_screen; }
  const QImage& thumbnail() const { return m_thumbnail; }
  std::shared_ptr<const ModelPackage> package() const { return m_package; }
  const SlideOpener& opener() const { return m_slideOpener; }
  bool isPredicting() const { return m_predicting; }
  size_t damagedTiles() const { return m_damaged.size(); }  ///< that were met on this slide and not mended
  const QString& damage() const { return m_damage; }        ///< why the first of them is damaged, a sentence

 Q_SIGNALS:
  void modelTaken();                           ///< another one than before; no prediction is left
  void modelRefused(const QString& sentence);  ///< the one before stays, where there was one
  void openingStarted(const QString& file);
  void openingTakesLong(const QString& file);
  void openingCancelled();  ///< the slide before stays
  void slideOpened();
  void slideRefused(const QString& sentence);
  void colourRead();  ///< the ways from the slide to screen and file are known
  void stainsRead();
  void screenRead();
  void bagsMeasured(int bags, quint64 bytes, const QString& refusal);  ///< kept features; why not cleared
  void thumbnailRead();
  void tileArrived();
  void predictionStarted();
  void predictionProgress(const geneglass::Progress& progress);
  void predictionSharpened();  ///< the scene has what is known so far, see Prediction::waiting
  void predictionFinished();
  void predictionRefused(const QString& sentence);
  void predictionCancelled();
  void geneRefused(const QString& sentence);
  void associatedImageRead(const QString& name, const QImage& image);
  void associatedImageRefused(const QString& sentence);
  void sceneChanged();  ///< slide, tissue, prediction or gene

 private:
  /// Runs `job` on the GUI thread unless another slide has been opened by then. Any thread.
  void postForSlide(int serial, std::function<void()> job);
  void takeModel(Result<std::shared_ptr<const ModelPackage>> package);
  void dropPrediction();
  void takeSlide(const OpenedSlide& opened);
  void noteDamage(TileKey key, const QString& reason);  ///< empty where the tile is sound
  void readColour();
  void readThumbnail();
  void findTissueBehind();
  void takeTissue(const SharedTissue::Mask& mask);
  void readStains();
  void takePrediction(Result<std::shared_ptr<const Prediction>> prediction);
  void takePartial(std::shared_ptr<const Prediction> known);
  int wantedGene();         ///< of this prediction; -1 for none, which is said
  void showGene(int gene);  ///< as soon as its map is at hand

  std::atomic<int> m_serial = 0;  ///< counts opened slides
  OpenedSlide m_opened;
  std::shared_ptr<TileCache> m_cache;
  const std::shared_ptr<EyeFirst> m_eyeFirst = std::make_shared<EyeFirst>();
  const std::shared_ptr<WatchedArea> m_watched = std::make_shared<WatchedArea>();
  const std::shared_ptr<const FeatureStore> m_bags = std::make_shared<const FeatureStore>();
  std::shared_ptr<TileLoader> m_loader;
  std::set<TileKey> m_damaged;
  QString m_damage;
  SlideColours m_colours;
  ScreenProfile m_screen;
  QImage m_thumbnail;
  std::shared_ptr<const Image> m_thumbnailPixels;  ///< the same; null until it is read
  std::shared_ptr<SharedTissue> m_tissue;          ///< of the open slide; null without a pixel size
  bool m_tissueKnown = false;                      ///< it has been found, or cannot be
  OverlayScene m_scene;
  std::string m_wantedGene;
  std::atomic<int> m_shownGene = -1;  ///< the scene's, for the thread that sharpens its map
  std::shared_ptr<const ModelPackage> m_package;
  std::shared_ptr<const LoadedModel> m_model;  ///< of m_package
  QString m_modelRefusal;
  bool m_predicting = false;
  int m_run = 0;  ///< counts started predictions
  SlideOpener m_slideOpener;
  JobThread m_reader;
  JobThread m_opener;
  MapsAhead m_maps;
  PredictionWorker m_worker;
};

}  // namespace geneglass

Q_DECLARE_METATYPE(geneglass::Progress)
