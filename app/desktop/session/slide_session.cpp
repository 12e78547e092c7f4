// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/slide_session.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "app/desktop/session/image_conversion.h"
#include "app/desktop/session/tissue_stains.h"
#include "app/desktop/workplace/newest_job.h"
#include "inference/prediction/withheld.h"
#include "viewer/slide/channels/channel_source.h"
#include "viewer/slide/region.h"

namespace geneglass {
namespace {

constexpr int kThumbnailSide = 640;  ///< pixels of the longer side

QString sentenceOf(const Error& error) {
  return QString::fromStdString(error.sentence);
}

}  // namespace

SlideSession::SlideSession(Workplace& workplace, QObject* parent)
    : QObject(parent),
      m_workplace(workplace),
      m_mailbox(std::make_shared<Mailbox>(this)),
      m_opener(workplace.open(), workplace.patience(), workplace.openings()) {
  qRegisterMetaType<Progress>();
  connect(&m_opener, &SlideOpener::opened, this, &SlideSession::takeSlide);
  connect(&m_opener, &SlideOpener::refused, this, &SlideSession::slideRefused);
  connect(&m_opener, &SlideOpener::takesLong, this, &SlideSession::openingTakesLong);
  connect(&m_opener, &SlideOpener::cancelled, this, &SlideSession::openingCancelled);
  connect(&workplace, &Workplace::modelTaken, this, &SlideSession::takeModel);
  connect(&workplace, &Workplace::modelRefused, this, &SlideSession::takeRefusal);
  connect(&workplace, &Workplace::strideChanged, this, &SlideSession::startPrediction);
  connect(&workplace, &Workplace::sharesChanged, this, &SlideSession::takeShare);
  connect(&workplace, &Workplace::screenRead, this, [this] {
    if (m_opened.slide) readColour();
  });
  m_wantedGene = workplace.firstGene();
  workplace.addSlide();
}

SlideSession::~SlideSession() {
  m_mailbox->close();
  m_workplace.predictions().drop(m_run);
  retireSlide();
  m_workplace.letGo(std::move(m_reader));
  disconnect(&m_workplace, nullptr, this, nullptr);
  m_workplace.removeSlide();
}

/// The tile threads end elsewhere: a read under way is not waited for here.
void SlideSession::retireSlide() {
  if (m_tissue) m_tissue->stop();
  if (m_opened.source)
    if (const auto preparation = m_opened.source->preparation()) preparation->abandon();
  m_workplace.letGo(std::make_tuple(std::move(m_loader), std::move(m_tissue), std::move(m_opened)));
  m_loader = nullptr;
  m_tissue = nullptr;
  m_opened = {};
}

void SlideSession::readBehind(std::function<std::function<void()>()> job, JobThread::OnError onError) {
  const auto run = [mailbox = m_mailbox, serial = m_mailbox->serial.load(), job = std::move(job)] {
    if (serial != mailbox->serial) return;
    if (auto then = job()) mailbox->post(serial, std::move(then));
  };
  m_reader->add(run, std::move(onError));
}

void SlideSession::takeModel() {
  dropPrediction();
  if (m_opened.slide && m_workplace.predictsAtOnce()) startPrediction();
}

/// No model at all: that is said where a slide waits for it.
void SlideSession::takeRefusal() {
  if (m_opened.slide && !m_workplace.package()) startPrediction();
}

void SlideSession::takeShare() {
  if (m_cache && m_opened.source) m_cache->setLimit(tileBytes());
}

/// Of a fluorescence slide decoded channels take a part of it.
size_t SlideSession::tileBytes() const {
  const size_t bytes = m_workplace.share().tileBytes;
  return bytes - shareOfPlanes(*m_opened.source, bytes);
}

void SlideSession::dropPrediction() {
  m_workplace.predictions().drop(std::exchange(m_run, 0));
  m_maps.drop();
  m_showsOutside = false;
  if (!m_scene.prediction) return;
  putIntoScene(nullptr);
  m_scene.gene = -1;
  Q_EMIT sceneChanged();
}

void SlideSession::open(const std::filesystem::path& file, std::optional<double> userMpp) {
  Q_EMIT openingStarted(QString::fromStdString(file.filename().string()));
  m_opener.open(file, userMpp);
}

void SlideSession::cancelOpening() {
  m_opener.cancel();
}

void SlideSession::takeSlide(const OpenedSlide& opened) {
  m_workplace.predictions().drop(std::exchange(m_run, 0));
  m_maps.drop();
  ++m_mailbox->serial;
  retireSlide();
  m_opened = opened;
  m_channels = opened.slide->channels;
  makeLoader();
  m_damaged.clear();
  m_damage.clear();
  m_colours = {};
  m_thumbnail = {};
  m_thumbnailPixels = nullptr;
  m_tissueKnown = m_hasStains = false;
  m_scene = {};
  m_scene.slide = m_opened.slide;
  m_known = nullptr;
  m_showsOutside = false;
  Q_EMIT slideOpened();
  Q_EMIT sceneChanged();
  readColour();
  readThumbnail();
  findTissueBehind();
  if (m_workplace.predictsAtOnce()) startPrediction();
}

void SlideSession::makeLoader() {
  m_cache = std::make_shared<TileCache>(tileBytes());
  const auto arrived = [this, mailbox = m_mailbox, serial = m_mailbox->serial.load()](const TilePtr& tile) {
    mailbox->post(serial, [this, key = tile->key, damage = QString::fromStdString(tile->damage)] {
      noteDamage(key, damage);
      Q_EMIT tileArrived();
    });
  };
  m_loader = std::make_shared<TileLoader>(m_opened.source, m_cache, threadCount(m_workplace.threads()),
                                          arrived, m_workplace.eyeFirst());
}

/// The former tile threads end elsewhere.
void SlideSession::showChannels(const std::vector<Channel>& channels) {
  if (!m_opened.source || channels == m_channels) return;
  auto source = m_opened.source->showing(channels);
  if (!source) return;
  m_channels = channels;
  m_opened.source = std::move(source);
  m_workplace.letGo(std::move(m_loader));
  makeLoader();
  Q_EMIT channelsShown();
  readThumbnail();
}

void SlideSession::noteDamage(TileKey key, const QString& reason) {
  if (reason.isEmpty())
    m_damaged.erase(key);
  else
    m_damaged.insert(key);
  if (m_damaged.empty() || m_damage.isEmpty()) m_damage = reason;
}

void SlideSession::readColour() {
  const ScreenProfile& screen = m_workplace.screen();
  if (m_opened.slide->colourProfile.empty() && screen.bytes.empty() && !m_colours.srgbToScreen) return;
  readBehind([this, slide = m_opened.slide, screen]() -> std::function<void()> {
    return [this, colours = makeColours(*slide, screen)] {
      StainEstimate stains = std::move(m_colours.stains);
      m_colours = colours;
      m_colours.stains = std::move(stains);
      Q_EMIT colourRead();
    };
  });
}

void SlideSession::readThumbnail() {
  readBehind([this, opened = m_opened]() -> std::function<void()> {
    const Size size = opened.slide->size();
    const double shrink = double(kThumbnailSide) / double(std::max(size.width, size.height));
    const int width = std::max(1, int(double(size.width) * shrink));
    const int height = std::max(1, int(double(size.height) * shrink));
    const Rect whole{0, 0, double(size.width), double(size.height)};
    auto image = readRegion(*opened.slide, *opened.source, whole, width, height);
    if (!image) return {};
    auto pixels = std::make_shared<const Image>(std::move(*image));
    return [this, picture = toQImage(*pixels), pixels] {
      m_thumbnail = picture;
      m_thumbnailPixels = pixels;
      Q_EMIT thumbnailRead();
      readStains();
    };
  });
}

/// For the overlay, the stains and the prediction: nobody else looks for it.
void SlideSession::findTissueBehind() {
  if (unfitForModels(*m_opened.slide)) {
    m_tissueKnown = true;
    return;
  }
  const auto found = [this, mailbox = m_mailbox,
                      serial = m_mailbox->serial.load()](const SharedTissue::Mask& mask) {
    mailbox->post(serial, [this, mask] { takeTissue(mask); });
  };
  m_tissue = std::make_shared<SharedTissue>(m_opened, threadCount(m_workplace.threads()),
                                            m_workplace.eyeFirst(), found);
}

void SlideSession::takeTissue(const SharedTissue::Mask& mask) {
  m_tissueKnown = true;
  m_scene.tissue = mask.value_or(nullptr);
  readStains();
  if (mask) Q_EMIT sceneChanged();
}

/// Once both picture and tissue are known; fluorescence has no stains that absorb.
void SlideSession::readStains() {
  if (!m_thumbnailPixels || !m_tissueKnown || !m_opened.slide->channels.empty()) return;
  readBehind([this, slide = m_opened.slide, picture = m_thumbnailPixels,
              tissue = m_scene.tissue]() -> std::function<void()> {
    return [this, stains = estimateStainsOf(*picture, tissue.get(), slide->size())] {
      m_colours.stains = stains;
      m_hasStains = true;
      Q_EMIT stainsRead();
    };
  });
}

void SlideSession::startPrediction() {
  const bool known = m_workplace.model() != nullptr;
  if (!m_opened.slide || (!known && m_workplace.modelRefusal().isEmpty())) return;
  if (!known) {
    Q_EMIT predictionRefused(m_workplace.modelRefusal());
    return;
  }
  if (const auto unfit = unfitForModels(*m_opened.slide)) {
    Q_EMIT predictionRefused(sentenceOf(*unfit));
    return;
  }
  PredictionQueue& queue = m_workplace.predictions();
  queue.drop(m_run);
  m_run = queue.add(predictionWish());
  Q_EMIT predictionStarted();
  if (queue.isWaiting(m_run)) Q_EMIT predictionProgress({"waiting for the other slide", 0, 0, -1});
}

PredictionWish SlideSession::predictionWish() {
  const int begun = ++m_begun;
  const auto post = [this, mailbox = m_mailbox, serial = m_mailbox->serial.load(), begun](auto take) {
    mailbox->post(serial, [this, begun, take = std::move(take)] {
      if (m_run != 0 && begun == m_begun) take();
    });
  };
  PredictionWish wish{m_opened, m_workplace.model(), {}, {}, {}, {}};
  wish.options.threads = threadsBesideWindow(m_workplace.threads());
  wish.options.stride = m_workplace.stride();
  wish.options.tissue = m_tissue;
  wish.options.eyeFirst = m_workplace.eyeFirst();
  wish.options.watched = m_watched;
  wish.options.store = m_workplace.bags();
  wish.progress = [this, post](const Progress& progress) {
    post([this, progress] { Q_EMIT predictionProgress(progress); });
  };
  wish.finished = [this, post](Result<std::shared_ptr<const Prediction>> prediction) {
    if (prediction) computeMap(**prediction, m_shownGene);
    post([this, prediction = std::move(prediction)] { takePrediction(prediction); });
  };
  wish.partial = [this, post](std::shared_ptr<const Prediction> known) {
    computeMap(*known, m_shownGene);
    post([this, known = std::move(known)] { takePartial(known); });
  };
  return wish;
}

void SlideSession::look(const Rect& view) {
  m_watched->look(view);
}

void SlideSession::putIntoScene(std::shared_ptr<const Prediction> known) {
  m_known = std::move(known);
  const bool withheld = m_known && isOutside(*m_known) && !m_showsOutside;
  m_scene.prediction = withheld ? std::make_shared<const Prediction>(withhold(*m_known)) : m_known;
}

void SlideSession::showOutside(bool all) {
  if (m_showsOutside == all) return;
  m_showsOutside = all;
  if (!m_known || !isOutside(*m_known)) return;
  putIntoScene(m_known);
  Q_EMIT predictionUncovered();
  Q_EMIT sceneChanged();
}

void SlideSession::takeCalls(std::shared_ptr<const Prediction> same) {
  putIntoScene(std::move(same));
  Q_EMIT predictionUncovered();
  Q_EMIT sceneChanged();
}

void SlideSession::takePartial(std::shared_ptr<const Prediction> known) {
  const bool isFirst = !m_scene.prediction;
  putIntoScene(std::move(known));
  if (isFirst) {
    m_shownGene = m_scene.gene = findWanted();
  }
  Q_EMIT predictionSharpened();
  Q_EMIT sceneChanged();
}

void SlideSession::takePrediction(Result<std::shared_ptr<const Prediction>> prediction) {
  m_run = 0;
  if (!prediction) {
    Q_EMIT predictionRefused(sentenceOf(prediction.error()));
    return;
  }
  const bool sharpens = m_scene.prediction && !m_scene.prediction->waiting.empty();
  putIntoScene(std::move(*prediction));
  if (!sharpens) {
    m_shownGene = m_scene.gene = findWanted();
  }
  Q_EMIT predictionFinished();
  Q_EMIT sceneChanged();
}

void SlideSession::cancelPrediction() {
  if (!isPredicting()) return;
  m_workplace.predictions().drop(std::exchange(m_run, 0));
  m_maps.drop();
  if (m_scene.prediction && !m_scene.prediction->waiting.empty()) {  // what is provisional ends with its run
    putIntoScene(nullptr);
    m_scene.gene = -1;
    Q_EMIT sceneChanged();
  }
  Q_EMIT predictionCancelled();
}

void SlideSession::chooseGene(int gene) {
  const auto& prediction = m_scene.prediction;
  if (prediction && gene < static_cast<int>(prediction->genes.size())) showGene(gene);
}

void SlideSession::showGene(int gene) {
  m_maps.want(m_scene.prediction, gene, [this, gene] {
    if (gene == m_scene.gene) return;
    m_shownGene = m_scene.gene = gene;
    Q_EMIT sceneChanged();
  });
}

void SlideSession::chooseGene(const std::string& symbol) {
  m_wantedGene = symbol;
  if (!m_scene.prediction) return;
  const int wanted = findWanted();
  if (wanted >= 0) showGene(wanted);
}

void SlideSession::prepareMaps(std::vector<int> genes) {
  if (m_scene.prediction) m_maps.prepare(m_scene.prediction, std::move(genes));
}

int SlideSession::findWanted() {
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

void SlideSession::readAssociatedImage(const std::string& name) {
  const auto take = [this, name](Result<Image> image) {
    if (image)
      Q_EMIT associatedImageRead(QString::fromStdString(name), toQImage(*image));
    else
      Q_EMIT associatedImageRefused(sentenceOf(image.error()));
  };
  readBehind(
      [take, opened = m_opened, name]() -> std::function<void()> {
        return [take, image = opened.source->readAssociatedImage(name)] { take(image); };
      },
      [take, mailbox = m_mailbox, serial = m_mailbox->serial.load(),
       file = m_opened.slide->file](const std::string& reason) {
        mailbox->post(serial, [take, error = unread(file, reason)] { take(tl::unexpected(error)); });
      });
}

}  // namespace geneglass
