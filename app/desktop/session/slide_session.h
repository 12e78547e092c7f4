// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "app/desktop/session/maps_ahead.h"
#include "app/desktop/session/slide_colours.h"
#include "app/desktop/workplace/mailbox.h"
#include "app/desktop/workplace/workplace.h"
#include "inference/tissue/shared_tissue.h"
#include "overlays/overlay_plugin.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/tile_loader.h"

namespace geneglass {

/// What there is once a slide: the open slide, its tiles, tissue, prediction and chosen gene, and the threads
/// that make them. GUI thread, which never reads a file here and never waits for a read. Results of an
/// earlier slide are dropped.
class SlideSession final : public QObject {
  Q_OBJECT

 public:
  explicit SlideSession(Workplace& workplace, QObject* parent = nullptr);
  ~SlideSession() override;

  /// Replaces the open slide when the file can be read; `userMpp` in micrometres per level-0 pixel.
  void open(const std::filesystem::path& file, std::optional<double> userMpp = {});
  void cancelOpening();
  void startPrediction();
  void cancelPrediction();
  void look(const Rect& view);  ///< level-0 pixels: a running prediction computes these tiles first
  void chooseGene(int gene);    ///< of this prediction: index into its genes; -1 for none
  /// Of this prediction and of those that follow: chosen as soon as one has it.
  void chooseGene(const std::string& symbol);
  const std::string& wantedGene() const { return m_wantedGene; }  ///< empty: none has been chosen
  /// Of a slide that isOutside() the scene has what withhold() leaves of the prediction, until all of it is
  /// wanted; with another slide or model it is withheld again.
  void showOutside(bool all);
  /// The scene's prediction with further calls, in its place.
  void takeCalls(std::shared_ptr<const Prediction> same);
  void prepareMaps(std::vector<int> genes);  ///< computed behind the window: they may be chosen next
  /// Shows the channels of a fluorescence slide otherwise; those of another slide change nothing.
  void showChannels(const std::vector<Channel>& channels);
  /// Reads an image stored beside the pyramid, because the user asked for it.
  void readAssociatedImage(const std::string& name);

  Workplace& workplace() const { return m_workplace; }
  const OpenedSlide& opened() const { return m_opened; }
  const OverlayScene& scene() const { return m_scene; }
  std::shared_ptr<const SharedTissue> tissue() const {
    return m_tissue;
  }  ///< null where no model can read it
  const std::shared_ptr<TileCache>& cache() const { return m_cache; }
  const std::shared_ptr<TileLoader>& loader() const { return m_loader; }
  const std::vector<Channel>& channels() const { return m_channels; }  ///< as they are shown
  const SlideColours& colours() const { return m_colours; }  ///< of the open slide, as far as they are known
  bool hasStains() const { return m_hasStains; }             ///< they have been estimated
  const QImage& thumbnail() const { return m_thumbnail; }
  bool isPredicting() const { return m_run != 0; }          ///< or waits to
  size_t damagedTiles() const { return m_damaged.size(); }  ///< that were met on this slide and not mended
  const QString& damage() const { return m_damage; }        ///< why the first of them is damaged, a sentence

 Q_SIGNALS:
  void openingStarted(const QString& file);
  void openingTakesLong(const QString& file);
  void openingCancelled();  ///< the slide before stays
  void slideOpened();
  void slideRefused(const QString& sentence);
  void channelsShown();  ///< by another loader, into another cache; opened().source is another too
  void colourRead();     ///< the ways from the slide to screen and file are known
  void stainsRead();
  void thumbnailRead();
  void tileArrived();
  void predictionStarted();
  void predictionProgress(const geneglass::Progress& progress);
  void predictionSharpened();  ///< the scene has what is known so far, see Prediction::waiting
  void predictionFinished();
  void predictionUncovered();  ///< the scene shows more of it, or less, see showOutside()
  void predictionRefused(const QString& sentence);
  void predictionCancelled();
  void geneRefused(const QString& sentence);
  void associatedImageRead(const QString& name, const QImage& image);
  void associatedImageRefused(const QString& sentence);
  void sceneChanged();  ///< slide, tissue, prediction or gene

 private:
  void takeModel();
  void takeRefusal();
  void takeShare();
  size_t tileBytes() const;  ///< that decoded tiles may take
  void retireSlide();
  /// Runs `job` on the reading thread and what it gives, if anything, on the GUI thread, unless another slide
  /// has been opened by then.
  void readBehind(std::function<std::function<void()>()> job, JobThread::OnError onError = {});
  void dropPrediction();
  void takeSlide(const OpenedSlide& opened);
  void makeLoader();
  void noteDamage(TileKey key, const QString& reason);  ///< empty where the tile is sound
  void readColour();
  void readThumbnail();
  void findTissueBehind();
  void takeTissue(const SharedTissue::Mask& mask);
  void readStains();
  PredictionWish predictionWish();
  void takePrediction(Result<std::shared_ptr<const Prediction>> prediction);
  void takePartial(std::shared_ptr<const Prediction> known);
  void putIntoScene(std::shared_ptr<const Prediction> known);
  int findWanted();         ///< of this prediction; -1 for none, which is said
  void showGene(int gene);  ///< as soon as its map is at hand

  Workplace& m_workplace;
  const std::shared_ptr<Mailbox> m_mailbox;
  OpenedSlide m_opened;
  std::shared_ptr<TileCache> m_cache;
  const std::shared_ptr<WatchedArea> m_watched = std::make_shared<WatchedArea>();
  std::shared_ptr<TileLoader> m_loader;
  std::vector<Channel> m_channels;
  std::set<TileKey> m_damaged;
  QString m_damage;
  SlideColours m_colours;
  QImage m_thumbnail;
  std::shared_ptr<const Image> m_thumbnailPixels;  ///< the same; null until it is read
  std::shared_ptr<SharedTissue> m_tissue;          ///< of the open slide; null where no model can read it
  bool m_hasStains = false;
  bool m_tissueKnown = false;  ///< it has been found, or cannot be
  OverlayScene m_scene;
  std::shared_ptr<const Prediction> m_known;  ///< the scene's, with all that is withheld there
  bool m_showsOutside = false;
  std::string m_wantedGene;
  std::atomic<int> m_shownGene = -1;  ///< the scene's, for the thread that sharpens its map
  int m_run = 0;                      ///< the running or waiting prediction's number in the queue; 0: none
  int m_begun = 0;                    ///< counts started predictions
  std::shared_ptr<JobThread> m_reader = std::make_shared<JobThread>();
  SlideOpener m_opener;
  MapsAhead m_maps;
};

}  // namespace geneglass

Q_DECLARE_METATYPE(geneglass::Progress)
