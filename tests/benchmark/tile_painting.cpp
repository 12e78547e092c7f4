// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of 1920 x 1080 without a graphics card, frame by frame in turn: tiles as textures that the driver
// draws on the processor, and tiles that are painted here.
//   bench_tile_painting SLIDE [FRAMES]
// Prints, for each way of looking, the median and 99th percentile of both in milliseconds, and their ratio.
#include <fmt/format.h>

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QOpenGLFramebufferObject>
#include <algorithm>
#include <cstdlib>
#include <numbers>
#include <vector>

#include "viewer/canvas/off_screen/off_screen.h"
#include "viewer/canvas/slide_renderer.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/read_tile.h"

using namespace geneglass;

namespace {

constexpr int kWidth = 1920;
constexpr int kHeight = 1080;

/// One way of drawing, with all that the views need at hand.
struct Drawing {
  Drawing(const OpenedSlide& opened, bool paints)
      : cache(std::make_shared<TileCache>(size_t{2} << 30)),
        renderer(opened.slide, cache, paints ? Surface::Raster : Surface::Graphics,
                 {.textureBytes = size_t{1} << 30,
                  .uploadMillisecondsPerFrame = 1e9,
                  .uploadMillisecondsStanding = 1e9}) {}

  double milliseconds(const OpenedSlide& opened, Gl& gl, const Viewport& view, const DisplayColour& colour) {
    FrameReport report = renderer.draw(view, {}, colour);
    for (int round = 0; round < 50 && !report.plan.sharp; ++round) {
      for (const TileKey key : report.plan.want) cache->insert(readOrMarkDamaged(*opened.source, key));
      report = renderer.draw(view, {}, colour);
    }
    Viewport next = view;
    next.centre.x += view.downsample * 1.3;  // a step of the hand
    gl.glFinish();
    QElapsedTimer timer;
    timer.start();
    renderer.draw(next, {}, colour);
    gl.glFinish();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
  }

  std::shared_ptr<TileCache> cache;
  SlideRenderer renderer;
};

std::string summary(std::vector<double> times) {
  std::ranges::sort(times);
  return fmt::format("{:6.1f} {:6.1f}", times[times.size() / 2], times[times.size() * 99 / 100]);
}

double median(std::vector<double> times) {
  std::ranges::sort(times);
  return times[times.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  const QGuiApplication application(argc, argv);
  const int frames = argc > 2 ? std::atoi(argv[2]) : 60;
  const Result<OpenedSlide> opened = openSlide(argc > 1 ? argv[1] : "");
  OffScreen screen;
  if (!opened || !screen.gl) {
    fmt::print(stderr, "{}\n", opened ? "There is no OpenGL 3.3." : opened.error().sentence);
    return 1;
  }
  QOpenGLFramebufferObject frame(kWidth, kHeight);
  frame.bind();
  Drawing textures(*opened, false), painted(*opened, true);
  const Size size = opened->slide->levels.front().size;
  DisplayColour haematoxylin;
  haematoxylin.stain = StainView::Haematoxylin;
  struct Way {
    const char* name;
    double downsample;
    double rotation;
    DisplayColour colour;
  };
  const DisplayColour asIs;
  const double quarter = std::numbers::pi / 2;
  for (const Way& way :
       {Way{"one to one", 1, 0, asIs}, Way{"1.5 of its pixels a screen pixel", 1.5, 0, asIs},
        Way{"3.2 of them", 3.2, 0, asIs}, Way{"magnified 4 times", 0.25, 0, asIs},
        Way{"turned by 90 degrees", 1.5, quarter, asIs}, Way{"turned by 20", 1.5, 0.35, asIs},
        Way{"haematoxylin alone", 1.5, 0, haematoxylin}}) {
    std::vector<double> before, after;
    for (int i = 0; i < frames; ++i) {
      const double along = 0.3 + 0.4 * i / frames;
      const Viewport view{{static_cast<double>(size.width) * along, static_cast<double>(size.height) * 0.5},
                          way.downsample,
                          way.rotation,
                          kWidth,
                          kHeight};
      before.push_back(textures.milliseconds(*opened, *screen.gl, view, way.colour));
      after.push_back(painted.milliseconds(*opened, *screen.gl, view, way.colour));
    }
    fmt::print("{:<34} textures {}  painted {}  {:.2f} times as fast\n", way.name, summary(before),
               summary(after), median(before) / median(after));
  }
}
