// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/workplace/workplace.h"

#include <malloc.h>

#include <QMetaObject>
#include <utility>

#include "app/desktop/workplace/typed_pixel_sizes.h"
#include "app/desktop/workplace/unread.h"
#include "viewer/foundation/files/unfinished_file.h"

namespace geneglass {
namespace {

Result<std::shared_ptr<const ModelPackage>> loadModel(const std::optional<std::filesystem::path>& folder) {
  return (folder ? openModelPackage(*folder) : openShippedModel()).map([](ModelPackage package) {
    return std::make_shared<const ModelPackage>(std::move(package));
  });
}

}  // namespace

Workplace::Workplace(size_t memoryBudget, SlideOpener::Open open, std::chrono::milliseconds patience)
    : m_memoryBudget(memoryBudget), m_open(withTypedPixelSize(std::move(open))), m_patience(patience) {
  m_reader.add([] { removeUnfinishedFiles(); }, {});  // a start may come after a kill
}

void Workplace::useModel(std::optional<std::filesystem::path> folder) {
  const auto take = [this](Result<std::shared_ptr<const ModelPackage>> package) {
    QMetaObject::invokeMethod(
        this, [this, package = std::move(package)] { takeModel(package); }, Qt::QueuedConnection);
  };
  m_reader.add([take, folder] { take(loadModel(folder)); },
               [take, folder](const std::string& reason) {
                 take(tl::unexpected(unread(folder.value_or("the shipped model"), reason)));
               });
}

void Workplace::takeModel(Result<std::shared_ptr<const ModelPackage>> package) {
  if (!package) {
    const QString sentence = QString::fromStdString(package.error().sentence);
    if (!m_package) m_modelRefusal = sentence;
    Q_EMIT modelRefused(sentence);
    return;
  }
  m_package = std::move(*package);
  m_model = std::make_shared<const LoadedModel>(m_package);
  m_modelRefusal.clear();
  Q_EMIT modelTaken();
}

void Workplace::measureBags(bool clearFirst) {
  const auto tell = [this](const FeatureStore::Contents& kept, const QString& refusal) {
    QMetaObject::invokeMethod(
        this, [this, kept, refusal] { Q_EMIT bagsMeasured(kept.bags, kept.bytes, refusal); },
        Qt::QueuedConnection);
  };
  m_reader.add(
      [tell, bags = m_bags, clearFirst] {
        const auto cleared = clearFirst ? bags->clear() : Result<void>();
        tell(bags->contents(), cleared ? QString() : QString::fromStdString(cleared.error().sentence));
      },
      [tell, bags = m_bags](const std::string& reason) {
        tell({}, QString::fromStdString(unread(bags->folder(), reason).sentence));
      });
}

void Workplace::predictFiner(bool finer) {
  if (finer == m_finer) return;
  m_finer = finer;
  Q_EMIT strideChanged();
}

std::optional<double> Workplace::stride() const {
  if (!m_finer || !m_package) return {};
  return m_package->encoder.tile * m_package->encoder.mpp / 2;
}

void Workplace::useScreen(ScreenSource source) {
  const auto take = [this](ScreenProfile screen) {
    const auto show = [this, screen = std::move(screen)] {
      m_screen = screen;
      Q_EMIT screenRead();
    };
    QMetaObject::invokeMethod(this, show, Qt::QueuedConnection);
  };
  m_reader.add([take, source] { take(readScreenProfile(source)); },
               [take, file = source.file.value_or("the screen's profile")](const std::string& reason) {
                 take({{}, {}, unread(file, reason).sentence});
               });
}

void Workplace::setMemoryBudget(size_t bytes) {
  if (bytes == m_memoryBudget) return;
  m_memoryBudget = bytes;
  Q_EMIT sharesChanged();
}

void Workplace::addSlide() {
  ++m_slides;
  Q_EMIT sharesChanged();
}

void Workplace::removeSlide() {
  --m_slides;
  Q_EMIT sharesChanged();
}

void Workplace::letGo(std::any retired) {
  m_ends.add([retired = std::move(retired)] {}, {});
  m_ends.add([] { ::malloc_trim(0); }, {});  // what it had goes back to the system
}

}  // namespace geneglass
