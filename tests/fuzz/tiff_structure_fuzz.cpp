// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/slide_reading.h"
#include "tests/fuzz/tiff_seeds.h"
#include "viewer/slide/channels/imagej_layout.h"
#include "viewer/slide/channels/ome_layout.h"
#include "viewer/slide/channels/plain_layout.h"
#include "viewer/slide/channels/qptiff_layout.h"
#include "viewer/slide/channels/tiff_pages.h"
#include "viewer/slide/formats/file_head.h"
#include "viewer/slide/formats/ndpi/ndpi_directories.h"
#include "viewer/slide/formats/ome_tiff.h"
#include "viewer/slide/formats/tiff/tiff_decoding.h"
#include "viewer/slide/formats/tiff/tiff_facts.h"
#include "viewer/slide/formats/tiff/tiff_sanity.h"
#include "viewer/slide/formats/tiff/unmarked_levels.h"

// What a TIFF's directories say, and what each reader makes of it; no pixels.
namespace geneglass::fuzzing {
namespace {

void checkLayout(const FoundLayout& layout, const std::vector<TiffPage>& pages) {
  if (!layout || !*layout) return;
  if ((*layout)->channels.size() > kMostChannels) broken("a layout has at most so many channels");
  for (const ChannelLevel& level : (*layout)->levels)
    for (const ChannelPlace& place : level.places)
      if (place.page >= pages.size()) broken("a layout's pages are there");
}

void readStructure(std::string_view bytes) {
  const std::filesystem::path file = fileInMemory("case.tif", bytes);
  const Result<FileHead> head = readFileHead(file);
  if (!head) return checkSentence(head.error().sentence, file);
  const std::vector<TiffDirectory>& directories = head->tiff.tiled;
  (void)isTiffCutShort(*head->file);
  (void)unfitForOpenSlide(directories, bytes.size());
  (void)omePyramidOf(head->tiff, bytes.size());
  (void)unmarkedCopies(directories);
  (void)noteOfPages(directories, 1);
  (void)readNdpiDirectories(*head->file);
  for (const char* vendor : {"", "aperio", "ome-tiff", "philips"}) {
    (void)factsOfDirectories(directories, vendor, bytes.size());
    for (const TiffDirectory& directory : directories) (void)decodingOf(directory, vendor);
  }
  for (const TiffDirectory& directory : directories) {
    (void)isTooLarge(directory);
    if (tilesBeyond(directory, bytes.size()) > static_cast<int64_t>(directory.tileOffsets.size()))
      broken("a level has its tiles at most beyond the end");
  }
  const std::vector<TiffPage> pages = readTiffPages(*head, [](const TiffPage&) { return true; });
  if (pages.empty()) return;
  checkLayout(omeLayout(pages), pages);
  checkLayout(imagejLayout(pages, bytes.starts_with("MM")), pages);
  checkLayout(qptiffLayout(pages), pages);
  checkLayout(plainLayout(pages), pages);
}

const AddedTarget kTarget({.name = "tiff_structure",
                           .seeds = tiffSeeds,
                           .read = readStructure,
                           .mostBytes = 65536,
                           .words = {"Aperio", "MPP = ", "ImageJ=", "images=", "<OME",
                                     "<TiffData IFD=\"1\"/>", "SizeC=\"3\"", "PerkinElmer-QPI"},
                           .damage = damageTiff});

}  // namespace
}  // namespace geneglass::fuzzing
