// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/compare/linked_views.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "viewer/canvas/slide_canvas.h"

namespace geneglass {
namespace {

Point inMicrometres(Point place, const Slide& slide) {
  return {place.x * slide.mpp->x, place.y * slide.mpp->y};
}

/// First one, then the other.
Similarity chained(const Similarity& first, const Similarity& then) {
  const double sine = then.isMirrored ? -first.sine : first.sine;
  return {then.cosine * first.cosine - then.sine * sine, then.sine * first.cosine + then.cosine * sine,
          then.of(first.offset), first.isMirrored != then.isMirrored};
}

/// How one looks at what `map` leads to: turn and mirror only.
Viewport onStage(const Viewport& view, const Similarity& map) {
  Viewport result = view;
  result.rotation =
      std::remainder((map.isMirrored ? -view.rotation : view.rotation) - map.angle(), 2 * std::numbers::pi);
  result.isMirrored = view.isMirrored != map.isMirrored;
  return result;
}

}  // namespace

Viewport linkedView(const Viewport& view, const Slide& from, const Slide& to, const Similarity& map,
                    const Viewport& screen) {
  Viewport result = screen;
  const Point centre = map.of(inMicrometres(view.centre, from));
  result.centre = {centre.x / to.mpp->x, centre.y / to.mpp->y};
  result.downsample = view.downsample * from.mpp->mean() * map.scale() / to.mpp->mean();
  const Viewport turned = onStage(view, map);
  result.rotation = turned.rotation;
  result.isMirrored = turned.isMirrored;
  return result;
}

void LinkedViews::setViews(const std::vector<View>& views) {
  std::vector<Member> members;
  for (const View& view : views) {
    Member member{view, {}, false, {}};
    if (Member* before = find(*view.canvas)) {
      if (before->view.slide == view.slide) member = *before;
      disconnect(before->moved);
    }
    member.moved = connect(view.canvas, &SlideCanvas::viewportChanged, this, [this, canvas = view.canvas] {
      if (m_isLinked && !m_isFollowing) follow(*canvas);
    });
    members.push_back(std::move(member));
  }
  for (const Member& gone : m_members)
    if (std::ranges::none_of(views, [&](const View& view) { return view.canvas == gone.view.canvas; }))
      disconnect(gone.moved);
  m_members = std::move(members);
}

LinkedViews::Member* LinkedViews::find(const SlideCanvas& canvas) {
  const auto found =
      std::ranges::find_if(m_members, [&](const Member& member) { return member.view.canvas == &canvas; });
  return found == m_members.end() ? nullptr : &*found;
}

Result<void> LinkedViews::link(SlideCanvas& leader) {
  const auto words = [](const char* text) { return QCoreApplication::translate("geneglass", text); };
  int slides = 0;
  for (const Member& member : m_members) {
    if (!member.view.slide) continue;
    ++slides;
    if (!member.view.slide->mpp)
      return fail(words("“%1” cannot be linked, as it does not say how large its pixels are.")
                      .arg(QString::fromStdString(member.view.slide->name()))
                      .toStdString());
  }
  Member* led = find(leader);
  if (slides < 2 || !led || !led->view.slide)
    return fail(
        words("There is nothing to link yet: Slide > Open Beside shows a second slide.").toStdString());
  placeOnStage(*led);
  m_isLinked = true;
  follow(leader);
  return {};
}

/// What is looked at now lies together, but where it is known what does.
void LinkedViews::placeOnStage(Member& leader) {
  const Viewport& view = leader.view.canvas->viewport();
  const Point centre = leader.toStage.of(inMicrometres(view.centre, *leader.view.slide));
  const Viewport stage = onStage(view, leader.toStage);
  for (Member& member : m_members) {
    if (&member == &leader || !member.view.slide || member.isFitted) continue;
    if (member.view.slide->hash == leader.view.slide->hash) {
      member.toStage = leader.toStage;
      continue;
    }
    const Viewport& own = member.view.canvas->viewport();
    const bool isMirrored = own.isMirrored != stage.isMirrored;
    const double turn = (isMirrored ? -own.rotation : own.rotation) - stage.rotation;
    Similarity toStage{std::cos(turn), std::sin(turn), {}, isMirrored};
    const Point moved = toStage.of(inMicrometres(own.centre, *member.view.slide));
    toStage.offset = {centre.x - moved.x, centre.y - moved.y};
    member.toStage = toStage;
  }
}

void LinkedViews::unlink() {
  m_isLinked = false;
}

void LinkedViews::fit(SlideCanvas& canvas, SlideCanvas& reference, const Similarity& map) {
  Member* member = find(canvas);
  const Member* stage = find(reference);
  if (!member || !stage) return;
  member->toStage = chained(map, stage->toStage);
  member->isFitted = true;
}

void LinkedViews::follow(SlideCanvas& leader) {
  const Member* led = find(leader);
  if (!led || !led->view.slide || !led->view.slide->mpp) return;
  m_isFollowing = true;
  for (const Member& member : m_members) {
    if (&member == led || !member.view.slide || !member.view.slide->mpp) continue;
    const Similarity map = chained(led->toStage, member.toStage.inverse());
    member.view.canvas->setViewport(linkedView(leader.viewport(), *led->view.slide, *member.view.slide, map,
                                               member.view.canvas->viewport()));
  }
  m_isFollowing = false;
}

}  // namespace geneglass
