// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/session.h"

#include <fmt/format.h>

#include <QMetaObject>
#include <algorithm>
#include <thread>
#include <tuple>
#include <utility>

#include "app/desktop/session/image_conversion.h"
#include "app/desktop/session/tissue_stains.h"
#include "viewer/slide/region.h"

namespace geneglass {
namespace {

constexpr size_t kCacheBytes = 512u << 20;
constexpr int kThumbnailSide = 640;  ///< pixels of the longer side

int processorThreads() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

/// Of a job that threw.
Error unread(const std::filesystem::path& file, const std::string& reason) {
  return {fmt::format("'{}' could not be read: {}.", file.string(), reason)};
}

QString sentenceOf(const Error& error) {
  return QString::fromStdString(error.sentence);
}

Result<std::shared_ptr<const ModelPackage>> loadModel(const std::optional<std::filesystem::path>& folder) {
  return (folder ? openModelPackage(*folder) : openShippedModel()).map([](ModelPackage package) {
    return std::make_shared<const ModelPackage>(std::move(package));
  });
}

}  // namespace

Session::Session(QObject* parent, SlideOpener::Open open, std::chrono::milliseconds patience)
    : QObject(parent), m_slideOpener(std::move(open), patience) {
  qRegisterMetaType<Progress>();
  connect(&m_slideOpener, &SlideOpener::opened, this, &Session::takeSlide);
  connect(&m_slideOpener, &SlideOpener::refused, this, &Session::slideRefused);
  connect(&m_slideOpener, &SlideOpener::takesLong, this, &Session::openingTakesLong);
  connect(&m_slideOpener, &SlideOpener::cancelled, this, &Session::openingCancelled);
}

Session::~Session() {
  m_worker.cancel();
}

void Session::postForSlide(int serial, std::function<void()> job) {
  const auto run = [this, serial, job = std::move(job)] {
    if (serial == m_serial) job();
  };
  QMetaObject::invokeMethod(this, run, Qt::QueuedConnection);
}

void Session::useModel(std::optional<std::filesystem::path> folder) {
  const auto take = [this](Result<std::shared_ptr<const ModelPackage>> package) {
    QMetaObject::invokeMethod(
        this, [this, package = std::move(package)] { takeModel(package); }, Qt::QueuedConnection);
  };
  m_opener.add([take, folder] { take(loadModel(folder)); },
               [take, folder](const std::string& reason) {
                 take(tl::unexpected(unread(folder.value_or("the shipped model"), reason)));
               });
}

void Session::takeModel(Result<std::shared_ptr<const ModelPackage>> package) {
  if (!package) {
    Q_EMIT modelRefused(sentenceOf(package.error()));
    if (m_package) return;
    m_modelRefusal = sentenceOf(package.error());
    if (m_opened.slide) startPrediction();
    return;
  }
  m_package = std::move(*package);
  m_model = std::make_shared<const LoadedModel>(m_package);
  m_modelRefusal.clear();
  dropPrediction();
  Q_EMIT modelTaken();
  if (m_opened.slide) startPrediction();
}

void Session::dropPrediction() {
  m_worker.cancel();
  m_maps.drop();
  m_predicting = false;
  if (!m_scene.prediction) return;
  m_scene.prediction = nullptr;
  m_scene.gene = -1;
  Q_EMIT sceneChanged();
}

void Session::open(const std::filesystem::path& file, std::optional<double> userMpp) {
  Q_EMIT openingStarted(QString::fromStdString(file.filename().string()));
  m_slideOpener.open(file, userMpp);
}

void Session::cancelOpening() {
  m_slideOpener.cancel();
}

void Session::takeSlide(const OpenedSlide& opened) {
  m_worker.cancel();
  m_maps.drop();
  m_predicting = false;
  const int serial = ++m_serial;
  if (m_tissue) m_tissue->stop();
  auto retired = std::make_tuple(std::move(m_loader), std::move(m_tissue), std::move(m_opened));
  m_opened = opened;
  m_cache = std::make_shared<TileCache>(kCacheBytes);
  const auto arrived = [this, serial](const TilePtr& tile) {
    postForSlide(serial, [this, key = tile->key, damage = QString::fromStdString(tile->damage)] {
      noteDamage(key, damage);
      Q_EMIT tileArrived();
    });
  };
  m_loader = std::make_shared<TileLoader>(m_opened.source, m_cache, processorThreads(), arrived, m_eyeFirst);
  m_damaged.clear();
  m_damage.clear();
  m_colours = {};
  m_thumbnail = {};
  m_thumbnailPixels = nullptr;
  m_tissueKnown = false;
  m_scene = {};
  m_scene.slide = m_opened.slide;
  Q_EMIT slideOpened();
  Q_EMIT sceneChanged();
  // The old slide's tile threads end there: a read under way is not waited for here.
  m_opener.add([retired = std::move(retired)] {}, {});
  readColour();
  readThumbnail();
  findTissueBehind();
  startPrediction();
}

void Session::noteDamage(TileKey key, const QString& reason) {
  if (reason.isEmpty())
    m_damaged.erase(key);
  else
    m_damaged.insert(key);
  if (m_damaged.empty() || m_damage.isEmpty()) m_damage = reason;
}

void Session::readColour() {
  if (m_opened.slide->colourProfile.empty() && m_screen.bytes.empty() && !m_colours.srgbToScreen) return;
  const auto read = [this, serial = m_serial.load(), slide = m_opened.slide, screen = m_screen] {
    if (serial != m_serial) return;
    postForSlide(serial, [this, colours = makeColours(*slide, screen)] {
      StainEstimate stains = std::move(m_colours.stains);
      m_colours = colours;
      m_colours.stains = std::move(stains);
      Q_EMIT colourRead();
    });
  };
  m_reader.add(read, {});
}

void Session::measureBags(bool clearFirst) {
  const auto tell = [this](const FeatureStore::Contents& kept, const QString& refusal) {
    QMetaObject::invokeMethod(
        this, [this, kept, refusal] { Q_EMIT bagsMeasured(kept.bags, kept.bytes, refusal); },
        Qt::QueuedConnection);
  };
  m_reader.add(
      [tell, bags = m_bags, clearFirst] {
        const auto cleared = clearFirst ? bags->clear() : Result<void>();
        tell(bags->contents(), cleared ? QString() : sentenceOf(cleared.error()));
      },
      [tell, bags = m_bags](const std::string& reason) {
        tell({}, sentenceOf(unread(bags->folder(), reason)));
      });
}

void Session::useScreen(ScreenSource source) {
  const auto take = [this](ScreenProfile screen) {
    const auto show = [this, screen = std::move(screen)] {
      m_screen = screen;
      Q_EMIT screenRead();
      if (m_opened.slide) readColour();
    };
    QMetaObject::invokeMethod(this, show, Qt::QueuedConnection);
  };
  m_reader.add([take, source] { take(readScreenProfile(source)); },
               [take, file = source.file.value_or("the screen's profile")](const std::string& reason) {
                 take({{}, {}, unread(file, reason).sentence});
               });
}

void Session::readThumbnail() {
  const auto read = [this, serial = m_serial.load(), opened = m_opened] {
    if (serial != m_serial) return;
    const Size size = opened.slide->size();
    const double shrink = double(kThumbnailSide) / double(std::max(size.width, size.height));
    const int width = std::max(1, int(double(size.width) * shrink));
    const int height = std::max(1, int(double(size.height) * shrink));
    const Rect whole{0, 0, double(size.width), double(size.height)};
    const auto image = readRegion(*opened.slide, *opened.source, whole, width, height);
    if (!image) return;
    auto pixels = std::make_shared<const Image>(std::move(*image));
    postForSlide(serial, [this, picture = toQImage(*pixels), pixels] {
      m_thumbnail = picture;
      m_thumbnailPixels = pixels;
      Q_EMIT thumbnailRead();
      readStains();
    });
  };
  m_reader.add(read, {});
}

/// For the overlay, the stains and the prediction: nobody else looks for it.
void Session::findTissueBehind() {
  if (!m_opened.slide->mpp) {
    m_tissueKnown = true;
    return;
  }
  const auto found = [this, serial = m_serial.load()](const SharedTissue::Mask& mask) {
    postForSlide(serial, [this, mask] { takeTissue(mask); });
  };
  m_tissue = std::make_shared<SharedTissue>(m_opened, processorThreads(), m_eyeFirst, found);
}

void Session::takeTissue(const SharedTissue::Mask& mask) {
  m_tissueKnown = true;
  m_scene.tissue = mask.value_or(nullptr);
  readStains();
  if (mask) Q_EMIT sceneChanged();
}

/// Once both picture and tissue are known.
void Session::readStains() {
  if (!m_thumbnailPixels || !m_tissueKnown) return;
  const auto estimate = [this, serial = m_serial.load(), slide = m_opened.slide, picture = m_thumbnailPixels,
                         tissue = m_scene.tissue] {
    if (serial != m_serial) return;
    const StainEstimate stains = estimateStainsOf(*picture, tissue.get(), slide->size());
    postForSlide(serial, [this, stains] {
      m_colours.stains = stains;
      Q_EMIT stainsRead();
    });
  };
  m_reader.add(estimate, {});
}

void Session::startPrediction() {
  if (!m_opened.slide || (!m_package && m_modelRefusal.isEmpty())) return;
  if (!m_package) {
    Q_EMIT predictionRefused(m_modelRefusal);
    return;
  }
  if (!m_opened.slide->mpp) {
    Q_EMIT predictionRefused(sentenceOf(unknownMpp(*m_opened.slide)));
    return;
  }
  m_predicting = true;
  Q_EMIT predictionStarted();
  const int serial = m_serial;
  const int run = ++m_run;
  ExtractOptions options;
  options.threads = std::max(1, processorThreads() - 1);
  options.tissue = m_tissue;
  options.eyeFirst = m_eyeFirst;
  options.watched = m_watched;
  options.store = m_bags;
  m_worker.start(
      m_opened, m_model, options,
      [this, serial, run](const Progress& progress) {
        postForSlide(serial, [this, run, progress] {
          if (m_predicting && run == m_run) Q_EMIT predictionProgress(progress);
        });
      },
      [this, serial, run](Result<std::shared_ptr<const Prediction>> prediction) {
        if (prediction) computeMap(**prediction, m_shownGene);
        postForSlide(serial, [this, run, prediction = std::move(prediction)] {
          if (m_predicting && run == m_run) takePrediction(prediction);
        });
      },
      [this, serial, run](std::shared_ptr<const Prediction> known) {
        computeMap(*known, m_shownGene);
        postForSlide(serial, [this, run, known = std::move(known)] {
          if (m_predicting && run == m_run) takePartial(known);
        });
      });
}

void Session::look(const Rect& view) {
  m_watched->look(view);
}

void Session::takePartial(std::shared_ptr<const Prediction> known) {
  const bool isFirst = !m_scene.prediction;
  m_scene.prediction = std::move(known);
  if (isFirst) {
    m_shownGene = m_scene.gene = wantedGene();
  }
  Q_EMIT predictionSharpened();
  Q_EMIT sceneChanged();
}

void Session::takePrediction(Result<std::shared_ptr<const Prediction>> prediction) {
  m_predicting = false;
  if (!prediction) {
    Q_EMIT predictionRefused(sentenceOf(prediction.error()));
    return;
  }
  const bool sharpens = m_scene.prediction && !m_scene.prediction->waiting.empty();
  m_scene.prediction = std::move(*prediction);
  if (!sharpens) {
    m_shownGene = m_scene.gene = wantedGene();
  }
  Q_EMIT predictionFinished();
  Q_EMIT sceneChanged();
}

void Session::cancelPrediction() {
  if (!m_predicting) return;
  m_worker.cancel();
  m_predicting = false;
  m_maps.drop();
  if (m_scene.prediction && !m_scene.prediction->waiting.empty()) {  // what is provisional ends with its run
    m_scene.prediction = nullptr;
    m_scene.gene = -1;
    Q_EMIT sceneChanged();
  }
  Q_EMIT predictionCancelled();
}

void Session::chooseGene(int gene) {
  const auto& prediction = m_scene.prediction;
  if (prediction && gene < static_cast<int>(prediction->genes.size())) showGene(gene);
}

void Session::showGene(int gene) {
  m_maps.want(m_scene.prediction, gene, [this, gene] {
    if (gene == m_scene.gene) return;
    m_shownGene = m_scene.gene = gene;
    Q_EMIT sceneChanged();
  });
}

void Session::chooseGene(const std::string& symbol) {
  m_wantedGene = symbol;
  if (!m_scene.prediction) return;
  const int wanted = wantedGene();
  if (wanted >= 0) showGene(wanted);
}

void Session::prepareMaps(std::vector<int> genes) {
  if (m_scene.prediction) m_maps.prepare(m_scene.prediction, std::move(genes));
}

int Session::wantedGene() {
  const auto& genes = m_scene.prediction->genes;
  const auto found = std::find_if(genes.begin(), genes.end(),
                                  [this](const GenePrediction& gene) { return gene.symbol == m_wantedGene; });
  if (found != genes.end()) return static_cast<int>(found - genes.begin());
  if (!m_wantedGene.empty())
    Q_EMIT geneRefused(tr("The model “%1” does not predict the gene “%2”.")
                           .arg(QString::fromStdString(m_scene.prediction->modelName),
                                QString::fromStdString(m_wantedGene)));
  return -1;
}

void Session::readAssociatedImage(const std::string& name) {
  const auto take = [this, serial = m_serial.load(), name](Result<Image> image) {
    postForSlide(serial, [this, name, image = std::move(image)] {
      if (image)
        Q_EMIT associatedImageRead(QString::fromStdString(name), toQImage(*image));
      else
        Q_EMIT associatedImageRefused(sentenceOf(image.error()));
    });
  };
  m_reader.add([take, opened = m_opened, name] { take(opened.source->readAssociatedImage(name)); },
               [take, file = m_opened.slide->file](const std::string& reason) {
                 take(tl::unexpected(unread(file, reason)));
               });
}

}  // namespace geneglass
