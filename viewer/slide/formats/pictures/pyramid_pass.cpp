// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/pyramid_pass.h"

#include <algorithm>
#include <exception>
#include <future>
#include <new>
#include <utility>

namespace geneglass {
namespace {

constexpr int64_t kPixelsTogether = int64_t{1} << 20;  ///< read at a time

}  // namespace

PyramidPass::PyramidPass(std::vector<Level> levels, RowSource rows, std::shared_ptr<PyramidStore> store,
                         End end)
    : m_size(levels.front().size),
      m_rows(std::move(rows)),
      m_store(std::move(store)),
      m_end(std::move(end)),
      m_builder(std::move(levels), [this](Tile tile) { take(std::move(tile)); }),
      m_thread([this] { work(); }) {}

PyramidPass::~PyramidPass() {
  {
    const std::lock_guard lock(m_mutex);
    m_isAbandoned = true;
    for (const auto& each : m_preparations) each->abandon();
  }
  if (m_rows.stop) m_rows.stop();
}

std::shared_ptr<Preparation> PyramidPass::join() {
  auto own = std::make_shared<Preparation>();
  const std::lock_guard lock(m_mutex);
  if (m_isAbandoned) return nullptr;
  own->advance(m_share);
  if (m_hasEnded) own->end();
  m_preparations.push_back(own);
  return own;
}

void PyramidPass::advance(double share) {
  const std::lock_guard lock(m_mutex);
  m_share = share;
  for (const auto& each : m_preparations) each->advance(share);
}

void PyramidPass::end() {
  const std::lock_guard lock(m_mutex);
  m_hasEnded = true;
  for (const auto& each : m_preparations) each->end();
}

std::string PyramidPass::failure() const {
  const std::lock_guard lock(m_mutex);
  return m_failure;
}

void PyramidPass::failFor(const std::string& reason) {
  const std::lock_guard lock(m_mutex);
  if (m_failure.empty()) m_failure = reason;
}

bool PyramidPass::goesOn() {
  const std::lock_guard lock(m_mutex);
  const auto isAbandoned = [](const auto& each) { return each->isAbandoned(); };
  if (!m_preparations.empty() && std::ranges::all_of(m_preparations, isAbandoned)) m_isAbandoned = true;
  return !m_isAbandoned && m_failure.empty();
}

void PyramidPass::take(Tile tile) {
  if (!m_store->holds(tile.key.level) || !goesOn()) return;
  if (const std::string reason = m_store->put(tile); !reason.empty()) failFor(reason);
}

/// The border where exceptions of this thread end. Its priority is the usual one, as the eye waits for it.
void PyramidPass::work() {
  try {
    readAll();
    if (goesOn()) {
      if (!m_end.isSteady()) m_store->keepNot();
      m_store->finish();  // where it cannot be kept it serves all the same
      m_end.kept();
    }
  } catch (const std::bad_alloc&) {
    failFor("there is not enough memory");
  } catch (const std::exception& error) {
    failFor(error.what());
  }
  m_rows.next = nullptr;
  end();
}

/// The next rows are read while the last ones are cut and packed.
void PyramidPass::readAll() {
  const auto width = static_cast<int>(m_size.width);
  const int64_t together = std::clamp<int64_t>(kPixelsTogether / m_size.width, 1, 256);
  std::future<void> building;
  int64_t read = 0;
  std::string reason;
  while (read < m_size.height && reason.empty() && goesOn()) {
    Image rows = Image::unset(width, static_cast<int>(std::min(together, m_size.height - read)));
    RowsRead some = m_rows.next(rows);
    if (some.count < rows.height) reason = some.reason.empty() ? "it ends too early" : some.reason;
    if (!some.reason.empty()) m_store->keepNot();
    rows.height = some.count;
    read += some.count;
    if (building.valid()) building.get();
    building =
        std::async(std::launch::async, [this, rows = std::move(rows), some = std::move(some)]() mutable {
          m_builder.add(std::move(rows), some.lost, some.reason);
          advance(static_cast<double>(m_builder.rows()) / static_cast<double>(m_size.height));
        });
  }
  if (building.valid()) building.get();
  if (!reason.empty() && goesOn()) m_builder.endEarly(reason);
}

}  // namespace geneglass
