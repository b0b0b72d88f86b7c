"""The words of recovery phrases: 1,024 short plain ones, so that each is worth ten bits."""

_TEXT = """
abbey acorn alley almond amber anchor ancient angle ankle answer ant anvil apple april apron arm
arrive arrow ash atlas attic august autumn avenue awake axle baby badge badger bake baker bakery
balance ballad ballet balloon banjo banker banner barge bark barley barn baron barrel basil basket
bat battery bay beach bean bear beaver bee beetle begin bell belt bench berry bicycle big birch blue
boat bold bolt boot borrow bottle bowl branch brass brave bread breeze brick bridge bright bronze
brook brother brown brush bucket bud build bus busy butcher butter button cabin cabinet cable cafe
cake calf calm camel camera camp canal candle canoe canteen canvas canyon cap captain card careful
carpet carrot carry cart carve castle cat catch cave cedar celery cellar cello centre chair chalk
chapel chapter cheek cheese cheetah chemist cherry chess chest child chin chisel choose chorus cider
circle city clay clean clear clerk clever cliff climb clock close cloud clover coal coast coat
cobalt cobbler cobweb cocoa cod coffee coin cold collar comet comma compare compass concert cone
cook cool copper coral corn corner cosmos cotton count cousin crab cradle crane crate crayon cream
crew cricket crimson crisp cross crow crown crystal cube cumin cup curious curve cymbal daisy dance
date dawn deck deep deer delta dentist depart desert desk dew diamond diary dice dig dim dive doctor
dog dolphin domino donkey door dot double dove dozen dragon draw drawer dream dress drill drive
driver drum dry duck duke dune dusk eager eagle ear early easel east ebony edge editor eel egg eight
elbow eleven elk elm emerald empty engine eraser eye fable fabric fairy falcon fancy far farmer
father feather fence fern ferry fiddle field fig film finch find finger finish fir fire firefly
first fisher flag flat float floor flour flute fly fog fold follow foot forest fork four fox free
fresh friday friend frog frost full furrow galaxy gale gallery game garden garlic garnet gate gather
gear gecko gentle giant ginger giraffe glass glide glimmer globe glove goat golden goose gorge
granary granite grape grass gravel green grey grill grocer grotto grove guest guide guitar gulf gull
hail half hamlet hammer hammock hand handle happy hard hare harness harp harvest hat hawk hazel head
heart heavy hedge heel hen herald heron herring hide high hill hinge hippo history holiday hollow
holly honest honey hook hop hope horse hose host hot hotel house huge hum hundred hunter ice icicle
idea indigo ink inkwell inlet inner iris iron island ivory ivy jacket jade jam jar jelly jester
joiner jolly journey judge jug juice july jump jumper june jungle kayak kernel kettle key kick kiln
kind kite knee knit knob knot koala lace lacquer ladder lagoon lake lamb lamp lantern larch latch
late lattice laugh lawn lawyer lead leader leaf leather leek left legend lemon lemur lens lesson
letter lever lichen lift light lilac lily lime line linen lion listen lizard llama loaf lobster lock
locket logic long loom lorry lotus loud low lower loyal luggage magnet magpie mantle map maple
marble market marsh mason mast meadow measure medal melody melon member memory mend mermaid merry
message meteor method milk mill miller million mint mirror mist mitten modern modest mole monday
moon moose mortar mosaic moss moth mother motor mouse mug mule museum mussel nail narrow near neck
nectar needle nettle new newt nickel night nine noodle noon north nose novel number nurse nutmeg oak
oar oasis oats ocean octopus office old olive one onion opal open opera orange orbit orchard orchid
organ ostrich otter outer outlook oval oven owl oyster pack paddle page paint painter palace pan
panda panther paper parade parcel parent parrot parsnip partner party pasture path patient pattern
pea peach peacock pear pearl pebble pelican pen pencil penguin penny pepper petal phoenix piano pick
picnic pie pier pigeon pillar pillow pilot pine pink pipe pirate piston pitcher pivot plain planet
plant plate plough plug plum plumber pocket poem poet polar polish polite pond pony pool poplar
poppy porch portal pot potter pottery pour present printer prism proof proud prune puffin pull
pulley pump puppet purple push puzzle pyramid quail quarry quarter quartz quick quiet quill quilt
rabbit radio radish raft rafter rain raisin rake rampart ranger rattle raven ready reason red reed
reef rhino rhythm ribbon rice riddle ride ridge right ring rinse ripe ripple river road robin robot
rocket roll roof root rope rose rough round ruby rudder rule ruler run rush rye saddle safe sage
sail sailor salad salmon salt salty sand sandal sandbar sapling sauce saucer saw scarf scarlet
school science scout screen scroll scrub sea seal search season second seed seesaw seven sew shadow
shallow share shark sharp shed sheep shelf shell shelter ship shirt shoe shore short shout shovel
shrimp sickle signal silent silk silo silver simple sing sister skip skirt sky slate sledge sleepy
sleeve slide slipper slope slow small smile smith smooth snail snow sock socket sofa soft song soup
south spade spanner spark sparrow speak sphere spicy spider spin spindle spiral spire sponge spoon
spring sprout spruce square squid squire stable stair stamp star statue steady steel stem stencil
stew stir stirrup stitch stone stool stork storm story stove stream street student studio sugar
summer summit sun sunday sundial swallow swan sweater sweep sweet swift swim swing switch syrup
table tablet tailor tall tango tap tassel taxi tea teacher teacup team teapot temple ten tender tent
thatch theory thick thicket thimble thin third thought thread three throw thrush thumb thyme ticket
tide tiger timber tin tinder tiny toad toast toe topaz torch tower town toy tractor trade train tram
travel tray trellis trout truck trumpet trunk trust tuba tugboat tulip tuna tunnel turkey turnip
turret turtle twelve twig two uncle unicorn upper valley valve vanilla varnish velvet vessel vine
violet violin voyage wagon wagtail walk wall wallet walnut walrus waltz warm wash wasp water wax
weave weaver weigh west wet wharf wheat wheel whisker whisper whistle wicker wide willow wind window
winter wire wise wish wizard wolf wood wool word wreath wren wrench writer yacht yarn yeast yellow
yew yoghurt young zebra zenith zigzag zip
"""

WORDS = tuple(_TEXT.split())
