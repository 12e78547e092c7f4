// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/banded_snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <system_error>
#include <utility>

#include "viewer/canvas/tiles/tile_plan.h"

namespace geneglass {
namespace {

constexpr int kMostRows = 1024;     ///< of a band
constexpr int kLeastRows = 16;      ///< as many as the hatching of damaged tiles needs
constexpr int kMostColumns = 1024;  ///< of a piece
constexpr int kLeastColumns = 64;

/// Level pixels in view of a piece, so that the level that fits is the one that is drawn, whatever lies at
/// the piece's edge: see kMaxVisiblePixels.
constexpr double kMostLevelPixels = kMaxVisiblePixels / 2;

// Of the memory: decoded tiles and textures a quarter each; two bands, one of which is being written, an
// eighth each. A piece takes at most half of its quarter, so that it finds what the last one left.
constexpr size_t kTilesPart = 4;
constexpr size_t kRowsPart = 8;

// Bytes of a file per pixel of a colon section, as fine as it was scanned; half as much where much of it is
// glass.
constexpr double kPngBytes = 1.5;
constexpr double kTiffBytes = 1.9;
constexpr double kJpegBytes = 0.35;

double mib(size_t bytes) {
  return double(bytes) / (1 << 20);
}

Result<void> checkSize(const SnapshotRequest& request) {
  const double width = request.view.width, height = request.view.height;
  if (width >= 1 && height >= 1 && std::max(width, height) <= kMostSnapshotSide) return {};
  return fail(fmt::format("Cannot draw '{}': a snapshot has 1 to {} pixels a side, not {:.0f} x {:.0f}.",
                          request.opened.slide->file.string(), kMostSnapshotSide, width, height));
}

}  // namespace

BandedSnapshot::BandedSnapshot(const SnapshotRequest& request, PictureFormat format)
    : m_request(request), m_format(format), m_page(request, format == PictureFormat::Svg) {}

Result<std::shared_ptr<BandedSnapshot>> BandedSnapshot::plan(const SnapshotRequest& request) {
  const auto format = request.file.empty() ? PictureFormat::Png : pictureFormatOf(request.file);
  if (!format) return tl::unexpected(format.error());
  if (auto fine = checkSize(request); !fine) return tl::unexpected(fine.error());
  std::shared_ptr<BandedSnapshot> made(new BandedSnapshot(request, *format));
  const Size size{made->m_page.size().width(), made->m_page.size().height()};
  if (auto fine = checkPictureSize(request.file, *format, size); !fine) return tl::unexpected(fine.error());
  if (auto chosen = made->choosePieces(); !chosen) return tl::unexpected(chosen.error());
  return made;
}

/// Of the tiles of a piece in the middle, and of those a tile further on each side: elsewhere it may lie
/// otherwise on their grid.
size_t BandedSnapshot::bytesFor(const QSize& piece) const {
  const Slide& slide = *m_request.opened.slide;
  Viewport view = m_request.view;
  view.width = piece.width();
  view.height = piece.height();
  const Level& level = slide.levels[size_t(slide.viewLevelFor(view.downsample))];
  const double step = level.downsample / view.downsample;
  view.width += double(level.tile.width) * step;
  view.height += double(level.tile.height) * step;
  const double turned = std::abs(std::sin(view.rotation)) + std::abs(std::cos(view.rotation));
  const auto across = [&](double pixels, int64_t tile, int64_t all) {
    return std::min(std::ceil(pixels * turned / step / double(tile)), double(all));
  };
  return size_t(across(view.width, level.tile.width, level.columns()) *
                across(view.height, level.tile.height, level.rows()) * double(level.tile.width) *
                double(level.tile.height) * 4);
}

Result<void> BandedSnapshot::choosePieces() {
  const QSize page = m_page.size();
  const size_t rowBytes = size_t(page.width()) * 4;
  const auto rows = std::min<size_t>(kMostRows, m_request.memory / kRowsPart / rowBytes);
  m_piece = {kMostColumns, std::max(kLeastRows, int(rows) / kLeastRows * kLeastRows)};
  const size_t share = m_request.memory / kTilesPart;
  const size_t most = std::min(share / 2, size_t(kMostLevelPixels * 4));
  while (bytesFor(m_piece) > most && (m_piece.width() > kLeastColumns || m_piece.height() > kLeastRows)) {
    if (m_piece.width() > std::max(kLeastColumns, m_piece.height()))
      m_piece.setWidth(m_piece.width() / 2);
    else if (m_piece.height() > kLeastRows)
      m_piece.setHeight(std::max(kLeastRows, m_piece.height() / 2 / kLeastRows * kLeastRows));
    else
      m_piece.setWidth(m_piece.width() / 2);
  }
  const size_t needed = std::max(bytesFor(m_piece) * 2 * kTilesPart, rowBytes * kLeastRows * kRowsPart);
  if (needed > m_request.memory)
    return fail(
        fmt::format("Cannot draw '{}' on {} x {} pixels: that takes {:.0f} MiB of memory, and a "
                    "snapshot may take {:.0f} MiB here; --memory sets another limit.",
                    m_request.opened.slide->file.string(), page.width(), page.height(),
                    std::ceil(mib(needed)), mib(m_request.memory)));
  m_rows = m_piece.height();
  for (int top = 0; top < page.height(); top += m_rows)
    m_bands.push_back(m_page.pieces(top, m_rows, m_piece.width()));
  m_tiles = std::make_shared<TileCache>(share);
  m_wholeBytes = bytesFor(page);
  return {};
}

Result<std::unique_ptr<PictureFile>> BandedSnapshot::createFile() const {
  std::error_code ignored;
  if (std::filesystem::equivalent(m_request.file, m_request.opened.slide->file, ignored))
    return fail(fmt::format("Cannot write '{}': it is the slide itself.", m_request.file.string()));
  return PictureFile::create(m_request.file, m_format, m_page.facts(), m_page.inPaths());
}

SnapshotCost BandedSnapshot::cost() const {
  const QSize pixels = m_page.size();
  const double bytesPerPixel = m_format == PictureFormat::Png    ? kPngBytes
                               : m_format == PictureFormat::Tiff ? kTiffBytes
                               : m_format == PictureFormat::Jpeg ? kJpegBytes
                                                                 : kJpegBytes * 4 / 3;  // as text
  const size_t rows = 2 * size_t(pixels.width()) * 4 * size_t(m_rows);
  const size_t tiles = 2 * std::min(m_request.memory / kTilesPart, m_wholeBytes);
  const double bytes = bytesPerPixel * double(pixels.width()) * double(pixels.height());
  return {pixels, bytes, rows + tiles + (m_format == PictureFormat::Svg ? size_t(3 * bytes) : 0)};
}

int BandedSnapshot::bands() const {
  return int(m_bands.size());
}

int BandedSnapshot::pieces() const {
  size_t count = 0;
  for (const auto& band : m_bands) count += band.size();
  return int(count);
}

Result<void> BandedSnapshot::read(const SnapshotPage::Piece& piece, std::stop_token stop) {
  if (m_request.draw) return {};
  Result<TilesRead> read = readViews(m_request.opened, {piece.view}, *m_tiles, std::move(stop));
  if (!read) return tl::unexpected(read.error());
  m_read.tiles += read->tiles;
  m_read.damaged += read->damaged;
  if (m_read.damage.empty()) m_read.damage = std::move(read->damage);
  return {};
}

Result<std::string> BandedSnapshot::verdict() const {
  if (std::string why = whyNothingWasRead(m_read); !why.empty()) return fail(why);
  if (m_read.damaged == 0) return std::string();
  return fmt::format("{} of {} tiles could not be read and are hatched. {}", m_read.damaged, m_read.tiles,
                     m_read.damage);
}

Result<void> BandedSnapshot::draw(const SnapshotPage::Piece& piece) {
  if (!m_drawer && !m_request.draw) {
    auto drawer = ViewDrawer::make(m_request.opened, m_tiles, {m_piece.width(), m_piece.height()},
                                   {m_request.memory / kTilesPart, m_page.detail()});
    if (!drawer) return tl::unexpected(drawer.error());
    m_drawer = std::move(*drawer);
  }
  const SlidePicture& picture = m_page.pictureOf(piece);
  const std::vector<OverlayLayer> layers = drawnLayers(picture);
  const Result<QImage> drawn = m_request.draw
                                   ? m_request.draw(picture.opened, piece.view, layers, picture.colour)
                                   : m_drawer->draw(piece.view, layers, picture.colour);
  if (!drawn) return tl::unexpected(drawn.error());
  const int top = piece.place.top() / m_rows * m_rows;
  if (m_band.isNull()) {
    m_band =
        QImage(m_page.size().width(), std::min(m_rows, m_page.size().height() - top), QImage::Format_RGB32);
    if (m_band.isNull())
      return fail(fmt::format("Cannot draw '{}': there is not enough memory.",
                              m_request.opened.slide->file.string()));
    m_band.fill(Qt::white);
  }
  QPainter(&m_band).drawImage(piece.place.topLeft() - QPoint(0, top), *drawn,
                              QRect(QPoint(), piece.place.size()));
  return {};
}

QImage BandedSnapshot::finish(int band) {
  const int top = band * m_rows;
  if (m_band.isNull()) {  // of the caption alone
    m_band =
        QImage(m_page.size().width(), std::min(m_rows, m_page.size().height() - top), QImage::Format_RGB32);
    m_band.fill(Qt::white);
  }
  QPainter painter(&m_band);
  painter.translate(0, -top);
  m_page.paintOver(painter);
  painter.end();
  return std::exchange(m_band, {});
}

}  // namespace geneglass
