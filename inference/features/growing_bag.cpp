// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/growing_bag.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "inference/features/bag_facts.h"
#include "inference/features/row_check.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/files/file_bytes.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass {

/// An open file and where the datasets lie in it, bytes.
struct GrowingBag::File {
  ~File() {
    if (descriptor >= 0) close(descriptor);
  }
  bool find(const std::filesystem::path& path, const FeatureBag& frame, size_t width);

  int descriptor = -1;
  uint64_t features = 0;
  uint64_t state = 0;
  uint64_t check = 0;
};

namespace {

tl::unexpected<Error> unwritable(const std::filesystem::path& file, const std::string& why) {
  return fail(fmt::format("Cannot write '{}': {}.", file.string(), why));
}

void make(const std::filesystem::path& path, const FeatureBag& frame, size_t width) {
  const Hdf5Access access;
  makeHdf5(path, Hdf5Checks::Sums, [&](H5::H5File& file) {
    const hsize_t tiles = frame.grid.count();
    addPlace(file, "features", {tiles, width}, H5::PredType::IEEE_F32LE, Hdf5Fill::Nothing);
    addPlace(file, "state", {tiles}, H5::PredType::STD_U8LE, Hdf5Fill::Zeros);
    addPlace(file, "row_crc32", {tiles}, H5::PredType::STD_I32LE, Hdf5Fill::Zeros);
    writeBagFacts(file, frame);
  });
}

bool isOf(const H5::H5File& file, const FeatureBag& frame, size_t width) {
  const auto number = [&](const char* name) { return readAttribute(file, name, -1.0); };
  const std::vector<int32_t> coords = frame.grid.corners();
  const std::vector<double> stored = readDoubles(soundDataSet(file, "coords"));
  return readAttribute(file, "slide_hash", std::string()) == frame.slideHash &&
         readAttribute(file, "encoder_hash", std::string()) == frame.encoderHash &&
         readAttribute(file, "feature_key", std::string()) == frame.key && number("mpp") == frame.mpp &&
         number("tile") == frame.grid.tile && number("stride") == frame.grid.stride &&
         number("columns") == frame.grid.columns && number("rows") == frame.grid.rows &&
         shapeOf(soundDataSet(file, "features")) == std::vector<hsize_t>{frame.grid.count(), width} &&
         std::equal(coords.begin(), coords.end(), stored.begin(), stored.end());
}

bool writeAll(int descriptor, const void* bytes, size_t count, uint64_t place) {
  return writeBytesAt(descriptor, bytes, count, place) == 0;
}

bool readAll(int descriptor, void* bytes, size_t count, uint64_t place) {
  return readBytesAt(descriptor, bytes, count, place).count == count;
}

FeatureBag withoutFeatures(FeatureBag frame) {
  frame.features = {};
  return frame;
}

}  // namespace

GrowingBag::GrowingBag(FeatureBag frame, size_t width) : GrowingBag(std::move(frame), width, nullptr) {}

GrowingBag::GrowingBag(FeatureBag frame, size_t width, std::unique_ptr<File> file)
    : m_frame(withoutFeatures(std::move(frame))),
      m_width(width),
      m_states(m_frame.grid.count(), TileState::Waiting),
      m_checks(m_states.size()),
      m_file(std::move(file)) {
  if (m_file)
    readStates();
  else
    m_memory.resize(m_states.size() * m_width);
}

GrowingBag::~GrowingBag() = default;

/// Opens for this process alone.
static Result<void> openLocked(const std::filesystem::path& path, int& descriptor) {
  descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return unwritable(path, std::strerror(errno));
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) return unwritable(path, "another process is working on it");
  return {};
}

/// False where the file belongs to another frame or is damaged.
bool GrowingBag::File::find(const std::filesystem::path& path, const FeatureBag& frame, size_t width) {
  try {
    const Hdf5Access access;
    const H5::H5File opened(path.string(), H5F_ACC_RDONLY, H5::FileCreatPropList::DEFAULT, withoutLocking());
    if (!isOf(opened, frame, width)) return false;
    features = placeOf(soundDataSet(opened, "features"));
    state = placeOf(soundDataSet(opened, "state"));
    check = placeOf(soundDataSet(opened, "row_crc32"));
    return true;
  } catch (const H5::Exception&) {
  } catch (const std::exception&) {
  }
  return false;
}

/// In a file of another name first: what lies under `path` is whole. Its blocks are taken at once, so that a
/// full disk shows before the work.
static Result<void> makeLocked(const std::filesystem::path& path, const FeatureBag& frame, size_t width,
                               int& descriptor) {
  const std::filesystem::path fresh = fmt::format("{}.{}.new", path.string(), getpid());
  make(fresh, frame, width);
  Result<void> opened = openLocked(fresh, descriptor);
  if (opened && posix_fallocate(descriptor, 0, lseek(descriptor, 0, SEEK_END)) != 0)
    opened = unwritable(path, "the disk is full");
  if (opened)
    std::filesystem::rename(fresh, path);
  else
    std::filesystem::remove(fresh);
  return opened;
}

Result<std::unique_ptr<GrowingBag>> GrowingBag::open(const std::filesystem::path& path, FeatureBag frame,
                                                     size_t width) {
  try {
    auto file = std::make_unique<File>();
    bool found = false;
    if (std::filesystem::exists(path)) {
      if (Result<void> opened = openLocked(path, file->descriptor); !opened)
        return tl::unexpected(opened.error());
      found = file->find(path, frame, width);
      if (!found) file = std::make_unique<File>();
    }
    if (!found) {
      if (Result<void> made = makeLocked(path, frame, width, file->descriptor); !made)
        return tl::unexpected(made.error());
      if (!file->find(path, frame, width)) return unwritable(path, "it does not read back");
    }
    return std::unique_ptr<GrowingBag>(new GrowingBag(std::move(frame), width, std::move(file)));
  } catch (const H5::Exception&) {
    return unwritable(path, "HDF5 cannot make it");
  } catch (const std::exception& error) {
    return unwritable(path, reasonOf(error));
  }
}

void GrowingBag::readStates() {
  const size_t tiles = m_states.size();
  std::vector<uint8_t> states(tiles);
  if (!readAll(m_file->descriptor, states.data(), tiles, m_file->state) ||
      !readAll(m_file->descriptor, m_checks.data(), 4 * tiles, m_file->check))
    return;
  std::vector<float> row(m_width);
  for (size_t cell = 0; cell < tiles; ++cell) {
    const auto state = static_cast<TileState>(states[cell]);
    const bool sound = (state == TileState::Usable && readRow(cell, row)) ||
                       ((state == TileState::Empty || state == TileState::Blurred) &&
                        checkOf(cell, state, {}) == m_checks[cell]);
    if (sound) m_states[cell] = state;
  }
}

int32_t GrowingBag::checkOf(size_t cell, TileState state, std::span<const float> row) const {
  const TileGrid::Cell& place = m_frame.grid.cells[cell];
  return rowCheck(state, std::array{place.column * m_frame.grid.stride, place.row * m_frame.grid.stride},
                  row);
}

/// False where it does not come back as it was written.
bool GrowingBag::readRow(size_t cell, std::span<float> row) const {
  if (m_file)
    return readAll(m_file->descriptor, row.data(), row.size_bytes(),
                   m_file->features + cell * row.size_bytes()) &&
           checkOf(cell, TileState::Usable, row) == m_checks[cell];
  std::copy_n(m_memory.begin() + static_cast<std::ptrdiff_t>(cell * m_width), m_width, row.begin());
  return true;
}

/// The state comes last: until then the row is one that waits.
bool GrowingBag::writeRow(size_t cell, TileState state, std::span<const float> row) {
  if (!m_file) {
    std::copy(row.begin(), row.end(), m_memory.begin() + static_cast<std::ptrdiff_t>(cell * m_width));
    return true;
  }
  m_checks[cell] = checkOf(cell, state, row);
  return writeAll(m_file->descriptor, row.data(), row.size_bytes(), m_file->features + cell * m_width * 4) &&
         writeAll(m_file->descriptor, &m_checks[cell], 4, m_file->check + 4 * cell) &&
         writeAll(m_file->descriptor, &state, 1, m_file->state + cell);
}

void GrowingBag::giveUpFile() {
  std::vector<float> memory(m_states.size() * m_width);
  for (size_t cell = 0; cell < m_states.size(); ++cell)
    if (m_states[cell] == TileState::Usable &&
        !readRow(cell, std::span(memory).subspan(cell * m_width, m_width)))
      m_states[cell] = TileState::Damaged;
  m_memory = std::move(memory);
  m_file.reset();
}

void GrowingBag::set(size_t cell, TileState state, std::span<const float> features) {
  const std::scoped_lock lock(m_mutex);
  if (!writeRow(cell, state, features)) {
    giveUpFile();
    writeRow(cell, state, features);
  }
  m_states[cell] = state;
}

bool GrowingBag::isKept() const {
  const std::scoped_lock lock(m_mutex);
  return m_file != nullptr;
}

TileState GrowingBag::state(size_t cell) const {
  const std::scoped_lock lock(m_mutex);
  return m_states[cell];
}

size_t GrowingBag::count(TileState state) const {
  const std::scoped_lock lock(m_mutex);
  return static_cast<size_t>(std::count(m_states.begin(), m_states.end(), state));
}

std::vector<bool> GrowingBag::waits() const {
  const std::scoped_lock lock(m_mutex);
  std::vector<bool> waits(m_states.size());
  std::transform(m_states.begin(), m_states.end(), waits.begin(),
                 [](TileState state) { return state == TileState::Waiting; });
  return waits;
}

FeatureBag GrowingBag::usable() const {
  const std::scoped_lock lock(m_mutex);
  FeatureBag bag = m_frame;
  bag.grid.cells.clear();
  bag.features =
      Matrix(static_cast<size_t>(std::count(m_states.begin(), m_states.end(), TileState::Usable)), m_width);
  size_t row = 0;
  for (size_t cell = 0; cell < m_states.size(); ++cell) {
    if (m_states[cell] == TileState::Blurred && bag.quality)
      bag.quality->blurred.push_back(m_frame.grid.cells[cell]);
    if (m_states[cell] != TileState::Usable) continue;
    if (!readRow(cell, bag.features.row(row))) continue;
    bag.grid.cells.push_back(m_frame.grid.cells[cell]);
    ++row;
  }
  bag.features.rows = row;
  bag.features.values.resize(row * m_width);
  return bag;
}

}  // namespace geneglass
