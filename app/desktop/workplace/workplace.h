// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <any>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/desktop/workplace/job_thread.h"
#include "app/desktop/workplace/memory_budget.h"
#include "app/desktop/workplace/prediction_queue.h"
#include "app/desktop/workplace/screen_profile.h"
#include "app/desktop/workplace/slide_opener.h"
#include "inference/features/feature_store.h"
#include "viewer/slide/eye_first.h"

namespace geneglass {

/// What there is once, however many slides are open: model, screen, kept features, prediction queue, the rule
/// that the eye goes first, and one memory budget. Outlives the slide sessions. GUI thread, which never reads
/// a file here.
class Workplace final : public QObject {
  Q_OBJECT

 public:
  /// `open` and `patience` are those of each slide's opener; `open` is called with the pixel size that the
  /// user typed for a slide, see withTypedPixelSize().
  explicit Workplace(size_t memoryBudget = usualMemoryBudget(), SlideOpener::Open open = openSlide,
                     std::chrono::milliseconds patience = SlideOpener::kPatience);

  /// The model to predict with, the open slides at once; without a folder the one shipped with the program.
  void useModel(std::optional<std::filesystem::path> folder = {});
  /// Tiles laid half a tile apart, so four times as many, for finer maps: the open slides at once.
  void predictFiner(bool finer);
  void useScreen(ScreenSource source);        ///< read behind the window; see screenRead
  void measureBags(bool clearFirst = false);  ///< behind the window; see bagsMeasured

  /// A slide session begins or ends: the shares of the others change.
  void addSlide();
  void removeSlide();
  /// Ends something whose end may wait for a read, such as a tile loader: not on the GUI thread.
  void letGo(std::any retired);

  std::shared_ptr<const ModelPackage> package() const { return m_package; }  ///< null where there is none
  /// Micrometres from tile to tile; none: side by side, or no model.
  std::optional<double> stride() const;
  const QString& modelRefusal() const { return m_modelRefusal; }  ///< why not; empty while it is read, too
  const ScreenProfile& screen() const { return m_screen; }
  std::shared_ptr<const LoadedModel> model() const { return m_model; }        ///< the same, loaded once
  const std::shared_ptr<const FeatureStore>& bags() const { return m_bags; }  ///< features kept between runs
  const std::shared_ptr<EyeFirst>& eyeFirst() const { return m_eyeFirst; }
  PredictionQueue& predictions() { return m_predictions; }
  size_t memoryBudget() const {
    return m_memoryBudget;
  }  ///< bytes, of tiles, textures and maps of all slides
  void setMemoryBudget(size_t bytes);
  int threads() const { return m_threads; }  ///< that read tiles and predict; 0: as many as processors
  void setThreads(int threads) { m_threads = threads; }
  bool predictsAtOnce() const { return m_predictsAtOnce; }  ///< a slide as soon as it is open
  void setPredictsAtOnce(bool atOnce) { m_predictsAtOnce = atOnce; }
  const std::string& firstGene() const { return m_firstGene; }  ///< that slides opened from now on show
  void setFirstGene(std::string symbol) { m_firstGene = std::move(symbol); }
  MemoryShare share() const { return shareOf(m_memoryBudget, m_slides); }  ///< of each open slide
  int slides() const { return m_slides; }
  const SlideOpener::Open& open() const { return m_open; }
  std::chrono::milliseconds patience() const { return m_patience; }
  /// How many threads open a file, for all slides; outlives the workplace. See SlideOpener::running().
  const std::shared_ptr<std::atomic<int>>& openings() const { return m_openings; }

 Q_SIGNALS:
  void modelTaken();                           ///< another one than before
  void modelRefused(const QString& sentence);  ///< the one before stays, where there was one
  void strideChanged();
  void screenRead();
  void bagsMeasured(int bags, quint64 bytes, const QString& refusal);  ///< kept features; why not cleared
  void sharesChanged();

 private:
  void takeModel(Result<std::shared_ptr<const ModelPackage>> package);

  size_t m_memoryBudget;
  int m_threads = 0;
  bool m_predictsAtOnce = true;
  std::string m_firstGene;
  int m_slides = 0;
  bool m_finer = false;
  const SlideOpener::Open m_open;
  const std::chrono::milliseconds m_patience;
  const std::shared_ptr<std::atomic<int>> m_openings = std::make_shared<std::atomic<int>>(0);
  std::shared_ptr<const ModelPackage> m_package;
  std::shared_ptr<const LoadedModel> m_model;  ///< of m_package
  QString m_modelRefusal;
  ScreenProfile m_screen;
  const std::shared_ptr<const FeatureStore> m_bags = std::make_shared<const FeatureStore>();
  const std::shared_ptr<EyeFirst> m_eyeFirst = std::make_shared<EyeFirst>();
  JobThread m_ends;  ///< of what is let go
  JobThread m_reader;
  PredictionQueue m_predictions;
};

}  // namespace geneglass
