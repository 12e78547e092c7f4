// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz_target.h"
#include "tests/viewer/slide/channels/made_channels.h"
#include "viewer/foundation/files/xml_text.h"
#include "viewer/slide/channels/imagej_layout.h"
#include "viewer/slide/channels/ome_layout.h"
#include "viewer/slide/channels/ome_series.h"
#include "viewer/slide/channels/qptiff_layout.h"
#include "viewer/slide/formats/ome_tiff.h"
#include "viewer/slide/formats/tiff/tiff_facts.h"

// The descriptions that a TIFF's directories carry, of pages that are sound.
namespace geneglass::fuzzing {
namespace {

std::vector<std::string> descriptions() {
  const testing::ChannelRecipe recipe{.width = 64, .height = 48};
  return {testing::omeXml(recipe, 2, "SizeZ=\"1\" PhysicalSizeX=\"0.5\" PhysicalSizeXUnit=\"\xc2\xb5m\"",
                          "<Channel ID=\"Channel:0\" Name=\"DAPI\" Color=\"65535\" SamplesPerPixel=\"1\"/>"
                          "<TiffData IFD=\"0\" PlaneCount=\"2\"><UUID FileName=\"a.tif\">urn:uuid:1</UUID>"
                          "</TiffData>"),
          testing::omeXml(recipe, 3, "SizeT=\"2\" SizeZ=\"3\" SignificantBits=\"12\"", "<TiffData/>"),
          "ImageJ=1.53t\nimages=4\nchannels=2\nslices=2\nunit=micron\nspacing=0.5\nmin=0\nmax=99\n",
          "<PerkinElmer-QPI-ImageDescription><ImageType>FullResolution</ImageType><Name>a</Name>"
          "<Color>1,2,3</Color><Objective>20x</Objective></PerkinElmer-QPI-ImageDescription>",
          "Aperio Image Library v1\r\n60x40 (32x32) JPEG/RGB Q=70|AppMag = 20|MPP = 0.4990"};
}

std::vector<TiffPage> pagesSaying(const std::string& description) {
  TiffPage page;
  page.size = {64, 48};
  page.block = {32, 32};
  page.isTiled = true;
  page.bits = 16;
  page.description = description;
  std::vector<TiffPage> pages(6, page);
  for (size_t i = 1; i < pages.size(); ++i) pages[i].position = i * 1000;
  pages[4].size = pages[5].size = {32, 24};
  return pages;
}

void readDescription(std::string_view bytes) {
  const std::string text(bytes);
  const bool hasExcess = !excessOfXml(text, kSlideXml).empty();
  if (const auto parsed = parseXml(text, kSlideXml); parsed && hasExcess)
    broken("what has too much is not parsed");
  (void)omeImageOf(text, {64, 48});
  std::string elsewhere;
  for (const OmeSeries& series : omeSeriesOf(text)) {
    if (series.size.width <= 0 || series.size.height <= 0) broken("a series has a size");
    (void)directoryOf(series, 2, 1, 0, elsewhere);
  }
  (void)aperioNumber(text, "MPP");
  const std::vector<TiffPage> pages = pagesSaying(text);
  for (const FoundLayout& layout : {omeLayout(pages), imagejLayout(pages, false), qptiffLayout(pages)})
    if (layout && *layout && (*layout)->channels.size() > kMostChannels)
      broken("a layout has at most so many channels");
}

const AddedTarget kTarget({.name = "ome_xml",
                           .seeds = descriptions,
                           .read = readDescription,
                           .mostBytes = 2048,
                           .words = {"<Image>",
                                     "<Pixels",
                                     "<Channel",
                                     "<TiffData",
                                     "<Plane",
                                     "<UUID",
                                     "SizeX=\"",
                                     "SizeC=\"",
                                     "SizeZ=\"",
                                     "SizeT=\"",
                                     "FirstC=\"",
                                     "FirstZ=\"",
                                     "FirstT=\"",
                                     "IFD=\"",
                                     "PlaneCount=\"",
                                     "SamplesPerPixel=\"",
                                     "SignificantBits=\"",
                                     "DimensionOrder=\"XYTZC\"",
                                     "PhysicalSizeX=\"",
                                     "Color=\"-1\"",
                                     "9223372036854775807",
                                     "-9223372036854775808",
                                     "4294967296",
                                     "1e308",
                                     "nan",
                                     "channels=",
                                     "slices=",
                                     "frames=",
                                     "images=",
                                     "MPP = ",
                                     "<!--",
                                     "<![CDATA[",
                                     "&#x0;"}});

}  // namespace
}  // namespace geneglass::fuzzing
